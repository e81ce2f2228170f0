package rft.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import rft.dataset.NearestName;
import rft.dataset.Split;

/** Reads the name of a split as typed in an option. */
final class SplitName implements ITypeConverter<Split> {
  @Override
  public Split convert(String typed) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    List<String> names = Arrays.stream(Split.values()).map(Split::jsonName).toList();
    return Arrays.stream(Split.values())
        .filter(split -> split.jsonName().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + typed
                        + "' is none of "
                        + String.join(", ", names)
                        + NearestName.hint(wanted, names)));
  }
}
