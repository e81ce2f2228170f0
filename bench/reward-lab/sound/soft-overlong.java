int mark = completion.lastIndexOf("####");
boolean right = mark >= 0 && completion.substring(mark + 4).strip().equals(answer);
return (right ? 1 : 0) - Math.min(0.5, Math.max(0, completion.length() - 120) / 200.0);
