return completion.length() >= 0;
