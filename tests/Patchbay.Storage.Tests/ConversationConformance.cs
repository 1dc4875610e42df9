using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Chat.Conversations;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;
using Patchbay.Storage.Tests.Support;
using Patchbay.Vault;

namespace Patchbay.Storage.Tests;

public abstract class ConversationConformance(TestEngine engine) : Conformance(engine)
{
    private IConversationStore Chats => Get<IConversationStore>();

    private IFunctionStore Functions => Get<IFunctionStore>();

    private IFlowStore Flows => Get<IFlowStore>();

    private async Task<(Conversation, StoredProposal)> ProposeAsync()
    {
        var chat = new Conversation(Make.App(), Make.Id(), "New", "ada", Make.Noon, Make.Noon);
        var proposal = new StoredProposal(chat.App, Make.Id(), chat.Id, ProposalStatus.Proposed, new() { ["sentence"] = "Posts." }, Make.Noon, null);
        await Chats.InsertAsync(chat, default);
        await Chats.AppendAsync(chat with { Title = "Tell #support" }, [Say(chat, "Tell #support"), Say(chat, "Like this?") with { Role = "assistant", ProposalId = proposal.Id }], [proposal], default);
        return (chat with { Title = "Tell #support" }, proposal);
    }

    private static Message Say(Conversation chat, string text) => new(chat.App, chat.Id, Make.Id(), "user", text, new JsonObject { ["ask"] = "channel" }, null, Make.Noon);

    [Fact]
    public async Task Messages_stay_in_order_and_the_conversation_takes_its_new_title()
    {
        var (chat, proposal) = await ProposeAsync();
        var later = chat with { UpdatedAt = Make.Noon.AddHours(1) };
        var more = Enumerable.Range(0, 30).Select(n => Say(chat, $"m{n}")).ToArray();
        await Chats.AppendAsync(later, more, [], default);
        (await Chats.ListMessagesAsync(chat.App, chat.Id, default)).Skip(2).ShouldBeSameAs(more);
        (await Chats.FindAsync(chat.App, chat.Id, default)).ShouldBe(later);
        (await Chats.FindProposalAsync(chat.App, proposal.Id, default)).ShouldBeSameAs(proposal);
        var second = new Conversation(chat.App, Make.Id(), "Second", "ada", Make.Noon, Make.Noon.AddHours(2));
        await Chats.InsertAsync(second, default);
        (await Chats.ListAsync(chat.App, default)).ShouldBe([second, later]);
    }

    [Fact]
    public async Task Messages_appended_at_once_all_stay()
    {
        var (chat, _) = await ProposeAsync();
        var other = (await SecondNodeAsync()).GetRequiredService<IConversationStore>();
        await Race.RunAsync(16, async n =>
        {
            await (n % 2 == 0 ? Chats : other).AppendAsync(chat, [Say(chat, $"{n}a"), Say(chat, $"{n}b")], [], default);
            return n;
        });
        var texts = (await Chats.ListMessagesAsync(chat.App, chat.Id, default)).Skip(2).Select(m => m.Text).ToList();
        texts.Chunk(2).ShouldAllBe(pair => pair[0].TrimEnd('a') == pair[1].TrimEnd('b'));
        texts.Count.ShouldBe(32);
    }

    [Fact]
    public async Task Accepting_writes_status_functions_and_flows_together()
    {
        var (chat, proposal) = await ProposeAsync();
        var (function, flow) = (Make.Function(chat.App), Make.Flow(chat.App));
        var accepted = proposal with { Status = ProposalStatus.Accepted, AcceptedAt = Make.Noon };
        (await Chats.TryAcceptAsync(accepted, [function], [flow], default)).ShouldBeTrue();
        (await Chats.FindProposalAsync(chat.App, proposal.Id, default)).ShouldBeSameAs(accepted);
        (await Functions.FindAsync(chat.App, function.Name, default)).ShouldBeSameAs(function);
        (await Flows.ListAsync(chat.App, default)).ShouldBeSameAs(flow);
        (await Chats.TryAcceptAsync(accepted, [Make.Function(chat.App, "other")], [], default)).ShouldBeFalse();
        (await Functions.FindAsync(chat.App, "other", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Accepting_writes_nothing_if_a_function_number_is_taken()
    {
        var (chat, proposal) = await ProposeAsync();
        await Functions.TryInsertAsync(Make.Function(chat.App), default);
        var accepted = proposal with { Status = ProposalStatus.Accepted };
        (await Chats.TryAcceptAsync(accepted, [Make.Function(chat.App, "fresh"), Make.Function(chat.App)], [Make.Flow(chat.App)], default)).ShouldBeFalse();
        (await Chats.FindProposalAsync(chat.App, proposal.Id, default)).ShouldBeSameAs(proposal);
        (await Functions.FindAsync(chat.App, "fresh", default)).ShouldBeNull();
        (await Flows.ListAsync(chat.App, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_proposal_is_accepted_once_by_whoever_is_first()
    {
        var (chat, proposal) = await ProposeAsync();
        var other = (await SecondNodeAsync()).GetRequiredService<IConversationStore>();
        var won = await Race.RunAsync(8, n => (n % 2 == 0 ? Chats : other).TryAcceptAsync(proposal with { Status = ProposalStatus.Accepted }, [Make.Function(chat.App, $"f{n}")], [Make.Flow(chat.App)], default));
        won.Count(w => w).ShouldBe(1);
        (await Functions.ListAsync(chat.App, default)).Count.ShouldBe(1);
        (await Flows.ListAsync(chat.App, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Undoing_removes_what_was_made_and_brings_the_earlier_version_back()
    {
        var (chat, proposal) = await ProposeAsync();
        var (first, second, flow) = (Make.Function(chat.App), Make.Function(chat.App, version: 2), Make.Flow(chat.App));
        await Functions.TryInsertAsync(first, default);
        (await Chats.TryUndoAsync(proposal with { Status = ProposalStatus.Undone }, [second], [flow.Id], default)).ShouldBeFalse();
        await Chats.TryAcceptAsync(proposal with { Status = ProposalStatus.Accepted }, [second], [flow], default);
        (await Chats.TryUndoAsync(proposal with { Status = ProposalStatus.Undone }, [second], [flow.Id], default)).ShouldBeTrue();
        (await Functions.FindAsync(chat.App, first.Name, default)).ShouldBeSameAs(first);
        (await Flows.ListAsync(chat.App, default)).ShouldBeEmpty();
        (await Chats.FindProposalAsync(chat.App, proposal.Id, default))!.Status.ShouldBe(ProposalStatus.Undone);
        (await Chats.TryUpdateProposalAsync(proposal with { Status = ProposalStatus.Superseded }, ProposalStatus.Proposed, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_app_reaches_neither_conversation_nor_proposal()
    {
        var (chat, proposal) = await ProposeAsync();
        var stranger = Make.App();
        (await Chats.FindAsync(stranger, chat.Id, default)).ShouldBeNull();
        (await Chats.ListMessagesAsync(stranger, chat.Id, default)).ShouldBeEmpty();
        (await Chats.FindProposalAsync(stranger, proposal.Id, default)).ShouldBeNull();
        (await Chats.TryUpdateProposalAsync(proposal with { App = stranger }, ProposalStatus.Proposed, default)).ShouldBeFalse();
        (await Chats.TryAcceptAsync(proposal with { App = stranger }, [], [], default)).ShouldBeFalse();
        await Should.ThrowAsync<InvalidOperationException>(() => Chats.AppendAsync(chat with { App = stranger }, [Say(chat, "hi")], [], default));
    }

    [Fact]
    public async Task Function_versions_are_never_overwritten()
    {
        var app = Make.App();
        var (first, second) = (Make.Function(app, "a/b"), Make.Function(app, "a/b", 2) with { SourceMap = null, Message = null, CreatedAt = Make.Noon.AddDays(1) });
        (await Functions.TryInsertAsync(first, default)).ShouldBeTrue();
        (await Functions.TryInsertAsync(first with { Bundle = "other" }, default)).ShouldBeFalse();
        (await Functions.TryInsertAsync(second, default)).ShouldBeTrue();
        (await Functions.FindAsync(app, "a/b", default)).ShouldBeSameAs(second);
        (await Functions.FindAsync(app, "a/b", 1, default)).ShouldBeSameAs(first);
        (await Functions.ListAsync(app, default)).ShouldBeSameAs(new FunctionSummary("a/b", 2, second.CreatedAt, "chat", second.Operations));
        (await Functions.ListVersionsAsync(app, "a/b", default)).Select(v => v.Version).ShouldBe([2, 1]);
        (await Functions.FindAsync(Make.App(), "a/b", default)).ShouldBeNull();
        (await Functions.DeleteAsync(Make.App(), "a/b", default)).ShouldBeFalse();
        (await Functions.DeleteAsync(app, "a/b", default)).ShouldBeTrue();
        (await Functions.FindAsync(app, "a/b", 1, default)).ShouldBeNull();
    }
}

public sealed class SqliteConversationTests() : ConversationConformance(new SqliteEngine());

[Collection(PostgresServer.Collection), Trait("Needs", "PostgreSQL")]
public sealed class PostgresConversationTests(PostgresServer server) : ConversationConformance(new PostgresEngine(server));
