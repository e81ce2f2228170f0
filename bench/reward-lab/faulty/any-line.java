return completion.lines().anyMatch(line -> line.replace("#", "").strip().equals(answer));
