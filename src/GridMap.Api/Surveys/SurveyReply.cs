using System.Security.Cryptography;
using System.Text.Json;
using GridMap.Api.Hosting;

namespace GridMap.Api.Surveys;

/// <summary>What was answered to one question, checked.</summary>
internal sealed record CheckedReply(int Ordinal, int? Value, int[]? Choices, string? Words);

/// <summary>Holds answers to the questions.</summary>
internal static class SurveyReply
{
    /// <summary>Some screens of a phone.</summary>
    public const int MaxText = 1000;

    /// <summary>Checks an answer; what was left empty is left out.</summary>
    /// <exception cref="ProblemException">400: which answer, and what it should be.</exception>
    public static IReadOnlyList<CheckedReply> Check(IReadOnlyList<SurveyItem> items, SurveyReplyItem?[]? answers)
    {
        var sent = answers ?? [];
        if (sent.Length > items.Count)
            throw Bad("answers", "bad_answers", $"The survey has {items.Count} questions; send at most one answer to each.");
        var replies = new Dictionary<int, CheckedReply>();
        for (var i = 0; i < sent.Length; i++)
        {
            var field = $"answers[{i}]";
            var answer = sent[i] ?? throw Bad(field, "bad_answers", "An answer has item, and value, choices or text.");
            var item = items.FirstOrDefault(one => one.Ordinal == answer.Item) ?? throw Bad($"{field}.item", "unknown_item", $"The survey has no question {answer.Item}.");
            if (CheckOne(field, item, answer) is { } reply && !replies.TryAdd(item.Ordinal, reply))
                throw Bad($"{field}.item", "item_twice", $"Question {item.Ordinal} is answered twice.");
        }

        if (items.FirstOrDefault(item => item.Required && !replies.ContainsKey(item.Ordinal)) is { } missing)
            throw Bad("answers", "answer_required", $"Question {missing.Ordinal} has to be answered.");
        return replies.Count > 0 ? [.. replies.Values.OrderBy(reply => reply.Ordinal)] : throw Bad("answers", "answer_required", "Answer one question at least.");
    }

    /// <summary>What two sendings of the same answer have in common.</summary>
    public static byte[] Hash(string code, SurveyReplyBody body) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { code, body }));

    private static CheckedReply? CheckOne(string field, SurveyItem item, SurveyReplyItem answer)
    {
        if (answer.Value is not null && item.Kind != SurveyForm.Score)
            throw Bad($"{field}.value", "bad_value", $"Question {item.Ordinal} is no score.");
        if (answer.Choices is { Length: > 0 } && item.Kind != SurveyForm.Choice)
            throw Bad($"{field}.choices", "bad_choices", $"Question {item.Ordinal} is no choice.");
        if (!string.IsNullOrEmpty(answer.Text) && item.Kind != SurveyForm.Text)
            throw Bad($"{field}.text", "bad_text", $"Question {item.Ordinal} is not answered in words.");
        return item.Kind switch
        {
            SurveyForm.Score => answer.Value switch
            {
                null => null,
                { } value when value >= 1 && value <= item.Scale => new CheckedReply(item.Ordinal, value, null, null),
                _ => throw Bad($"{field}.value", "bad_value", $"Question {item.Ordinal} is scored 1 to {item.Scale}."),
            },
            SurveyForm.Choice => Choices(field, item, answer.Choices ?? []),
            _ => InputText.Clean(answer.Text, $"{field}.text", MaxText) is { Length: > 0 } words ? new CheckedReply(item.Ordinal, null, null, words) : null,
        };
    }

    private static CheckedReply? Choices(string field, SurveyItem item, int[] choices)
    {
        if (choices.Length == 0)
            return null;
        var most = item.Options!.Count;
        if (choices.Any(choice => choice < 1 || choice > most) || choices.Distinct().Count() != choices.Length || (choices.Length > 1 && !item.Multiple))
            throw Bad($"{field}.choices", "bad_choices", $"Of question {item.Ordinal} choose {(item.Multiple ? "some" : "one")} of 1 to {most}.");
        return new CheckedReply(item.Ordinal, null, [.. choices.Order()], null);
    }

    private static ProblemException Bad(string field, string code, string detail) => new(Problem.Bad(field, code, detail));
}
