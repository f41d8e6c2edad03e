"""What changes cases, by topic. Import the topic: ``from safeconduct.domains.cases.services import intake``."""
