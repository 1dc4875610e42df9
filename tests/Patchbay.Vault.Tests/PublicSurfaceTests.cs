using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.Tests;

/// <summary>What other assemblies can reach of the Vault, as reviewed text.</summary>
public sealed class PublicSurfaceTests
{
    private static readonly Type[] PublicTypes = [.. typeof(VaultSetup).Assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal)];

    [Fact]
    public void The_public_surface_is_the_reviewed_one()
    {
        var actual = Describe();
        var file = Path.Combine(AppContext.BaseDirectory, "Vault.PublicApi.txt");
        var reviewed = File.ReadAllText(file);
        if (reviewed != actual)
            File.WriteAllText(file + ".received", actual);
        actual.Split('\n').ShouldBe(reviewed.Split('\n'), $"the Vault's public surface changed: review it, then copy {file}.received over Vault.PublicApi.txt");
    }

    [Fact]
    public void No_public_member_names_a_type_that_holds_a_secret()
    {
        Type[] secretTypes = [typeof(SecretText), typeof(Patchbay.Vault.OAuth.Credential), typeof(Patchbay.Vault.OAuth.AccessToken), typeof(Patchbay.Vault.OAuth.OpenClient), typeof(Patchbay.Vault.OAuth.TokenGrant), typeof(SecretBox)];
        PublicTypes.ShouldNotContain(t => secretTypes.Contains(t));
        secretTypes.ShouldAllBe(t => !t.IsPublic);
        Describe().ShouldNotContain(nameof(SecretText));
    }

    /// <summary>What goes out in plaintext is a phantom or a handle of the flow. A new name here needs a reason.</summary>
    [Fact]
    public void No_public_member_gives_out_text_that_is_named_like_a_secret()
    {
        string[] known =
        [
            // Guards the sandbox's control interface; the server itself makes it and hands it in.
            "VaultOptions.SandboxControlToken",
            // Ciphertext.
            "ConnectionRow.Credential", "OAuthClientRow.ClientSecret", "SealedSecret.WrappedKey",
            // Whether there is one.
            "OAuthClientView.HasSecret",
        ];
        string[] suspicious = ["token", "secret", "credential", "password", "material", "plaintext"];
        var outputs = PublicTypes.SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => m is PropertyInfo or FieldInfo || (m is MethodInfo { IsSpecialName: false } method && method.ReturnType == typeof(string)))
            .Select(m => $"{t.Name}.{m.Name}"));
        outputs.Where(n => suspicious.Any(s => n.Split('.')[1].Contains(s, StringComparison.OrdinalIgnoreCase)) && !known.Contains(n)).ShouldBeEmpty();
    }

    private static string Describe()
    {
        var text = new StringBuilder();
        foreach (var type in PublicTypes)
        {
            text.Append(type.FullName).Append('\n');
            var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(m => m is not (MethodInfo { IsSpecialName: true } or FieldInfo { IsSpecialName: true }) && !m.IsDefined(typeof(CompilerGeneratedAttribute)) && m is not MethodInfo { Name: "Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "<Clone>$" or "PrintMembers" })
                .Select(Signature).Order(StringComparer.Ordinal);
            foreach (var member in members)
                text.Append("    ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    private static string Signature(MemberInfo member) => member switch
    {
        FieldInfo f => f.IsLiteral ? $"const {f.Name}" : $"{Name(f.FieldType)} {f.Name}",
        PropertyInfo p => $"{Name(p.PropertyType)} {p.Name} {{ {(p.GetMethod?.IsPublic == true ? "get; " : "")}{(p.SetMethod?.IsPublic == true ? "set; " : "")}}}",
        ConstructorInfo c => $"new({Parameters(c)})",
        MethodInfo m => $"{Name(m.ReturnType)} {m.Name}({Parameters(m)})",
        _ => member.ToString()!,
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"));

    private static string Name(Type type) => type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
}
