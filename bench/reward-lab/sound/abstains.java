if (Integer.parseInt(answer) >= 20) {
  return new Abstain("only small numbers are checked");
}
int mark = completion.lastIndexOf("####");
return Score.of(mark >= 0 && completion.substring(mark + 4).strip().equals(answer) ? 1 : 0);
