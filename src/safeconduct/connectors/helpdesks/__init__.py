"""Helpdesks that keep link records: Zendesk, Zammad, Jira, a file each. Only ``project`` names one."""
