"""Where queries run: worker processes, which alone parse or evaluate what a client sent, and who waits for them.

nursery (keeper, nurseries) ── forks ──> workers, held by `confinement`
pool (lanes) ── asks over `frames` ──> workers ── puts results into ──> spool
"""
