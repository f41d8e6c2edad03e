"""What the recommendations are about, one package a subject. Each names the recommendations it serves."""
