namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Functions;

/// <param name="Arguments">A letter each (see <see cref="Signatures.Letter"/>); after '?' they may be left out.</param>
/// <param name="Result">Its letter, or "[letter]" for an array.</param>
/// <param name="Target">The function of the library, without its "bq_".</param>
internal sealed record Signature(string Arguments, string Result, string Target);

/// <summary>The functions whose arguments and result have fixed types. The first signature that fits is taken.</summary>
internal static class Signatures
{
    private const string Table = """
        LOWER S S lower1 ; UPPER S S upper1 ; REVERSE S S reverse ; INITCAP S?S S initcap
        LENGTH S I length1 , Y I byte_length ; CHAR_LENGTH S I length1 ; CHARACTER_LENGTH S I length1 ; BYTE_LENGTH S I utf8_length , Y I byte_length ; OCTET_LENGTH S I utf8_length , Y I byte_length
        TRIM S?S S trim1 ; LTRIM S?S S ltrim1 ; RTRIM S?S S rtrim1 ; SUBSTR SI?I S substr1 ; SUBSTRING SI?I S substr1 ; LEFT SI S left1 ; RIGHT SI S right1
        REPEAT SI S repeat ; LPAD SI?S S lpad ; RPAD SI?S S rpad ; REPLACE SSS S replace1 ; TRANSLATE SSS S translate ; STRPOS SS I strpos ; INSTR SS?II I instr1
        STARTS_WITH SS B starts_with ; ENDS_WITH SS B ends_with ; CONTAINS_SUBSTR SS B contains ; SPLIT S?S [S] split ; ASCII S I ascii ; UNICODE S I unicode1 ; CHR I S chr
        REGEXP_CONTAINS SS B regexp_contains ; REGEXP_EXTRACT SS?II S regexp_extract ; REGEXP_SUBSTR SS?II S regexp_extract ; REGEXP_EXTRACT_ALL SS [S] regexp_extract_all ; REGEXP_REPLACE SSS S regexp_replace ; REGEXP_INSTR SS?III I regexp_instr
        TO_HEX Y S to_hex ; FROM_HEX S Y from_hex ; TO_BASE64 Y S to_base64 ; FROM_BASE64 S Y from_base64 ; SAFE_CONVERT_BYTES_TO_STRING Y S safe_utf8
        MD5 S Y md5s , Y Y md5 ; SHA1 S Y sha1s , Y Y sha1 ; SHA256 S Y sha256s , Y Y sha256 ; SHA512 S Y sha512s , Y Y sha512
        JSON_VALUE S?S S json_value ; JSON_EXTRACT_SCALAR S?S S json_value ; JSON_QUERY S?S S json_query ; JSON_EXTRACT S?S S json_query
        ABS I I abs1 , N N nabs , F F fabs ; SIGN I I sign1 , N N nsign , F F fsign
        ROUND N?I N nround , F?I F fround ; TRUNC N?I N ntrunc , F?I F ftrunc ; CEIL N N nceil , F F fceil ; CEILING N N nceil , F F fceil ; FLOOR N N nfloor , F F ffloor
        MOD II I mod1 , NN N nmod ; DIV II I idiv , NN N nidiv ; POW NN N npow , FF F pow1 ; POWER NN N npow , FF F pow1 ; SQRT F F sqrt1 ; EXP F F exp1 ; LN F F ln1 ; LOG F?F F log1 ; LOG10 F F log10a
        SIN F F sin1 ; COS F F cos1 ; TAN F F tan1 ; ASIN F F asin1 ; ACOS F F acos1 ; ATAN F F atan1 ; ATAN2 FF F atan2a ; SINH F F sinh1 ; COSH F F cosh1 ; TANH F F tanh1 ; CBRT F F cbrt1
        IEEE_DIVIDE FF F ieee_divide ; IS_INF F B is_inf ; IS_NAN F B is_nan
        SAFE_NEGATE I I neg_safe , N N nneg , F F fneg ; GENERATE_ARRAY II?I [I] generate_ints , NN?N [N] generate_numerics , FF?F [F] generate_floats
        UNIX_DATE D I unix_date ; DATE_FROM_UNIX_DATE I D from_unix_date
        UNIX_SECONDS P I unix_seconds ; UNIX_MILLIS P I unix_millis ; UNIX_MICROS P I unix_micros ; TIMESTAMP_SECONDS I P of_seconds ; TIMESTAMP_MILLIS I P of_millis ; TIMESTAMP_MICROS I P of_micros
        ARRAY_TO_STRING [S]S?S S array_to_string ; SOUNDEX S S soundex ; EDIT_DISTANCE SS I edit_distance
        """;

    private static readonly Dictionary<string, List<Signature>> All = Read();

    public static IEnumerable<string> Names => All.Keys;

    public static IReadOnlyList<Signature>? Find(string name) => All.GetValueOrDefault(name);

    public static SqlType Letter(char letter) => letter switch
    {
        'I' => SqlType.Int64,
        'N' => SqlType.Numeric,
        'F' => SqlType.Float64,
        'B' => SqlType.Bool,
        'S' => SqlType.String,
        'Y' => SqlType.Bytes,
        'D' => SqlType.Date,
        'T' => SqlType.DateTime,
        'M' => SqlType.Time,
        _ => SqlType.Timestamp,
    };

    /// <summary>The types of the arguments, and how many of them must be there.</summary>
    public static (List<SqlType> Types, int Required) Arguments(Signature signature)
    {
        var (types, required) = (new List<SqlType>(), -1);
        for (var index = 0; index < signature.Arguments.Length; index++)
        {
            switch (signature.Arguments[index])
            {
                case '?':
                    required = types.Count;
                    break;
                case '[':
                    types.Add(SqlType.ArrayOf(Letter(signature.Arguments[index + 1])));
                    index += 2;
                    break;
                case var letter:
                    types.Add(Letter(letter));
                    break;
            }
        }

        return (types, required < 0 ? types.Count : required);
    }

    public static SqlType Result(Signature signature) => signature.Result[0] == '[' ? SqlType.ArrayOf(Letter(signature.Result[1])) : Letter(signature.Result[0]);

    private static Dictionary<string, List<Signature>> Read()
    {
        var all = new Dictionary<string, List<Signature>>();
        foreach (var entry in Table.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var name = entry[..entry.IndexOf(' ', StringComparison.Ordinal)];
            all[name] = [.. entry[(name.Length + 1)..].Split(" , ").Select(text => text.Split(' ', 3)).Select(parts => new Signature(parts[0], parts[1], parts[2]))];
        }

        return all;
    }
}
