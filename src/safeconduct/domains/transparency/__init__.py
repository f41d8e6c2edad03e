"""Numbers that account for the work and lead to nobody: slips of closed cases, and periods published from them.

It owns the sealed slips, one for each closed case of a week, and the published periods. It must never keep or show
anything that leads back to a case: no id, no exact time, no figure of ten or fewer, nothing of a period still running.
What flows in is the fact that a case closed, said by cases after commit, without any id. What flows out are published
periods, each a file whose fingerprint stands in the audit record. Leads preview and close; everybody may read what is
published; the wiring alone hands it facts.

Recommendations: 10
"""
