"""What the vault's tests share: no test is timed, for slow hashes share the processors with everything else."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
