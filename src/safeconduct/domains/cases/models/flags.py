"""How far somebody has looked through what a platform's users pressed. The flags themselves stay on the platform."""

from django.db import models


class FlagsSeen(models.Model):
    """Where the next look at one platform's flags begins: a place in its own numbering, and nothing of any flag.

    Privacy: none
    """

    platform = models.CharField(max_length=40, primary_key=True)
    cursor = models.CharField(max_length=200)
    seen_on = models.DateField()

    def __str__(self) -> str:
        return self.platform
