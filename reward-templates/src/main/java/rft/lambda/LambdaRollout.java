package rft.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import rft.dataset.Task;
import rft.reward.Completion;

/**
 * One element of an event.
 *
 * @param id as it stands in the event, text or number, to be given back
 * @param task what was asked
 * @param completion what is to be scored
 */
public record LambdaRollout(JsonNode id, Task task, Completion completion) {}
