using System.Globalization;
using System.Net;
using Patchbay.Platform.Workspaces;

namespace Patchbay.Platform.Tests.Workspaces;

public sealed class SignInThrottleTests : IDisposable
{
    private readonly SignInThrottle _throttle = new(TimeProvider.System);

    public void Dispose() => _throttle.Dispose();

    [Fact]
    public void A_stranger_who_guesses_locks_the_account_for_their_own_place_only()
    {
        for (var i = 0; i < 10; i++)
            _throttle.TryEnter("ada@example.com", "1.2.3.4").ShouldBeTrue();
        _throttle.TryEnter("ada@example.com", "1.2.3.4").ShouldBeFalse();
        _throttle.TryEnter("ada@example.com", "5.6.7.8").ShouldBeTrue();
    }

    [Fact]
    public void A_crowd_that_fills_the_memory_locks_nobody_else_out()
    {
        for (var i = 0; i < 50_000; i++)
            _throttle.TryEnter(i.ToString(CultureInfo.InvariantCulture) + "@example.com", "place " + i.ToString(CultureInfo.InvariantCulture));
        _throttle.TryEnter("ada@example.com", "1.2.3.4").ShouldBeTrue();
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:eeee:dddd:cccc", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void A_place_is_what_one_client_has(string one, string other, bool same) =>
        (SignInThrottle.PlaceOf(IPAddress.Parse(one)) == SignInThrottle.PlaceOf(IPAddress.Parse(other))).ShouldBe(same);
}
