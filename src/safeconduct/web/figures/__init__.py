"""How published figures are drawn and worded, for the public page and for the lead who looks before publishing."""
