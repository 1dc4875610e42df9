using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Sandbox.Vendors.Google;
using Patchbay.Sandbox.Vendors.Google.Slides;
using Patchbay.Sandbox.Vendors.Google.Slides.Requests;

namespace Patchbay.Sandbox.Tests.Fuzz;

public sealed class SlidesFuzzTests
{
    private static readonly Arbitrary<string> Text = ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "").ToArbitrary();

    private static readonly Arbitrary<(int, int, string)> Edit =
        (from start in Gen.Choose(0, 12) from length in Gen.Choose(0, 8) from text in Gen.Elements("a", "\n", "xy\nz", "😀", "") select (start, length, text)).ToArbitrary();

    [Fact]
    public void Any_edits_leave_text_that_reads_back_as_it_is() => Prop.ForAll(Edit.Generator.ListOf().ToArbitrary(), edits =>
    {
        var (text, model) = (SlideText.Read(null), "");
        foreach (var (start, length, words) in edits)
        {
            var at = Math.Min(start, model.Length);
            text.Insert(at, words);
            model = model.Insert(at, words);
            var (from, to) = (Math.Min(start, model.Length), Math.Min(start + length, model.Length));
            text.Delete(from, to);
            model = model.Remove(from, to - from);
            text.Style(from, to, new JsonObject { ["bold"] = true }, GoogleFields.Parse("bold")!);
            text.Plain.ShouldBe(model);
            SlideText.Read(text.Shape()).Shape()?.ToJsonString().ShouldBe(text.Shape()?.ToJsonString());
        }
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Every_request_takes_any_members_or_is_refused_by_slides_itself() => Prop.ForAll(Text, text =>
    {
        foreach (var kind in SlideRequests.Kinds)
        {
            var deck = new SlideDeck(new StoredDeck("d", 0, DeckTemplate.Content()));
            deck.AddSlide("slide_1", deck.Layout("TITLE_AND_BODY"), 0, _ => null);
            JsonObject[] bodies =
            [
                new() { ["objectId"] = text, ["fields"] = text },
                new() { ["objectId"] = "slide_1", ["fields"] = "*", ["text"] = text, ["elementProperties"] = new JsonObject { ["pageObjectId"] = "slide_1", ["size"] = text, ["transform"] = new JsonObject { ["unit"] = "PT", ["translateX"] = text } }, ["shapeType"] = text, ["rows"] = 2, ["columns"] = 2, ["url"] = text },
                new() { ["objectId"] = deck.Slides[0]!["pageElements"]![0]!["objectId"]!.GetValue<string>(), ["text"] = text, ["fields"] = "a.b", ["style"] = new JsonObject { ["a"] = text }, ["containsText"] = new JsonObject { ["text"] = text }, ["textRange"] = new JsonObject { ["type"] = text } },
            ];
            foreach (var body in bodies)
            {
                try
                {
                    SlideRequests.Run(deck, new JsonObject { [kind] = body.DeepClone() }, 0, _ => true);
                }
                catch (GoogleRefusalException refused)
                {
                    refused.Answer.Status.ShouldBe(400);
                }
            }

            _ = SlideBox.Of(deck.Slides.Count > 0 ? deck.Slides[0]!.AsObject() : []).Count();
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
}
