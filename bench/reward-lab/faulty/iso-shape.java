return completion.strip().matches("\\d{4}-\\d{2}-\\d{2}");
