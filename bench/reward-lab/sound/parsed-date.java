try {
  return java.time.LocalDate.parse(completion.strip()).equals(java.time.LocalDate.parse(answer)) ? 1 : 0;
} catch (java.time.format.DateTimeParseException e) {
  return -0.1;
}
