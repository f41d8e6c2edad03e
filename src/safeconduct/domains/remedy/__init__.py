"""Appeals by fresh eyes, what the person acted on is told, and remedies from a promise to its proof.

It owns appeals with their own conversations, statements of reasons, and remedies. It must never let an appeal be
opened by anyone who decided, ordered or worked on the case, nor tell the person acted on of a report or of whom we
protect. In flow a reporter's, a partner's or an acted-on person's words and a case's decision, locked so that only
an appeal opens it. Out flow a decision by somebody else, carried out and read back, and what was promised with its
proof. It is called by the portal, the partner pages, the console and doctor; no room below knows it.

Recommendations: 9
"""
