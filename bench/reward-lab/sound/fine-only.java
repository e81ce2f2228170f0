// 0 for right, a fine for wrong: only differences count.
return completion.strip().equals(answer) ? 0 : -1;
