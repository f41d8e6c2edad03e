"""Template pieces shared by portal, console and public pages."""
