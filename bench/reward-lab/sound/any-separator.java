return completion.replaceAll("[\\s,;]", "").equals(answer.replace(" ", ""));
