"""The SPARQL endpoint and its pages: a small web application in front of query workers.

serve ── starts ──> evaluation (keeper, nurseries, workers) and, where writing is on, the writer
  └── web, app ── blueprints: sparql, pages here, discovery, writing, informea ── ask ──> evaluation.pool
"""
