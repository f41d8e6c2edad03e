"""Who somebody is, kept only if they wish it, and opened only by two people of two benches for one who asks.

It owns pseudonyms, the sealed names and contacts of whoever enrolled, which reports are theirs, and every asking for
them. It must never list identities, never make enrolling a condition of help, never let one bench open anything alone,
and never let anybody read twice for one asking. In flow what a defender told and consented to, with whom they excluded,
and a colleague's reason to ask. Out flow a pseudonym, one reading, the account of who asked and why for the defender
themselves, and a call to leads and custodians when somebody opens too many. It is called by cases (for whoever may open
the report), the console, the portal, doctor and the timed work; it knows no case.

Recommendations: 7, 8
"""
