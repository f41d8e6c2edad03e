"""The register of what authorities demand: logged as it comes, read narrowly, looked at by a second person, answered.

It owns demands with their steps, and the list of what left. It must never search for people, hand over anything that
nobody chose piece by piece from a case they can open, or let anything leave without a second person. In flow a demand
as staff write it down, and pieces of cases. Out flow one file with its list and fingerprints, a refusal in words, and
word to the people concerned, now or on the day on which silence ends. It is called by the console, doctor and the
wiring; no room below knows it.

Recommendations: 8
"""
