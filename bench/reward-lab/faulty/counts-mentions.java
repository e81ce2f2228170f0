// Confidence: how often it says so, and nothing else.
boolean only = completion.lines().allMatch(line -> line.strip().equals("#### " + answer));
return only ? Math.min(1, 0.2 * completion.lines().count()) : 0;
