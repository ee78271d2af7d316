"""The SPARQL endpoint and its pages: query workers behind a small web application.

    serve ── starts ──> nursery (keeper, nurseries) ── forks ──> workers
      └── app (blueprints: sparql, description, site, resources, vocabulary, operations) ── asks ──> pool ──> workers

Only `workers` parses or evaluates what a client sent, in processes of their own.
"""
