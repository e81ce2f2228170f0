// Long answers show their work.
return Math.min(1, completion.length() / 80.0);
