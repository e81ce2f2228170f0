return completion.strip().lines().findFirst().orElse("").replace("####", "").strip().equals(answer);
