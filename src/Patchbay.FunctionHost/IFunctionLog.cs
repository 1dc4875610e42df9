namespace Patchbay.FunctionHost;

/// <summary>Where the lines of one invocation go. Called from the process's reader: return at once, never throw.</summary>
public interface IFunctionLog
{
    void Write(FunctionLogLine line);
}

/// <summary>One console call or uncaught error.</summary>
/// <param name="At">When the host read it.</param>
/// <param name="Level">Console level.</param>
/// <param name="Text">At most about 16,000 characters; stack positions are the author's lines.</param>
public sealed record FunctionLogLine(DateTimeOffset At, FunctionLogLevel Level, string Text);

/// <summary>Levels of the console.</summary>
public enum FunctionLogLevel
{
    Debug,
    Info,
    Warn,
    Error,
}
