"""What a reporter sees. One neutral address, no script, no cookie before the conversation. Recommendations: 7, 8."""
