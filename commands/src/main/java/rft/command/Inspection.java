package rft.command;

/** What {@code inspect} shows: groups of rollouts as they were stored, or two policies compared. */
public sealed interface Inspection extends Result permits GroupInspection, DiffInspection {}
