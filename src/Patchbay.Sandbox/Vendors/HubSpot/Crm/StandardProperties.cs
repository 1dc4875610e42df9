namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <summary>The properties every portal has, one per line: name | label | type | field type | options or flags.</summary>
internal static class StandardProperties
{
    private const string Everywhere = """
        hs_object_id | Record ID | number | number | ro
        hubspot_owner_id | Owner | enumeration | select
        hubspot_owner_assigneddate | Owner assigned date | datetime | date | ro
        hs_createdate | Object create date/time | datetime | date | ro
        hs_lastmodifieddate | Last modified date | datetime | date | ro
        hs_created_by_user_id | Created by user ID | number | number | ro
        hs_object_source | Record creation source | string | text | ro
        """;

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["contacts"] = """
            createdate | Create date | datetime | date | ro
            lastmodifieddate | Last modified date | datetime | date | ro
            email | Email | string | text | unique
            hs_additional_emails | Additional email addresses | string | textarea
            hs_email_domain | Email domain | string | text | ro
            hs_full_name_or_email | Full name or email | string | text | ro
            firstname | First name | string | text
            lastname | Last name | string | text
            salutation | Salutation | string | text
            phone | Phone number | string | phonenumber
            mobilephone | Mobile phone number | string | phonenumber
            company | Company name | string | text
            jobtitle | Job title | string | text
            website | Website URL | string | text
            address | Street address | string | text
            city | City | string | text
            state | State/Region | string | text
            zip | Postal code | string | text
            country | Country/Region | string | text
            industry | Industry | string | text
            message | Message | string | textarea
            notes | Notes | string | textarea
            lifecyclestage | Lifecycle stage | enumeration | radio | subscriber=Subscriber, lead=Lead, marketingqualifiedlead=Marketing qualified lead, salesqualifiedlead=Sales qualified lead, opportunity=Opportunity, customer=Customer, evangelist=Evangelist, other=Other
            hs_lead_status | Lead status | enumeration | radio | NEW=New, OPEN=Open, IN_PROGRESS=In progress, OPEN_DEAL=Open deal, UNQUALIFIED=Unqualified, ATTEMPTED_TO_CONTACT=Attempted to contact, CONNECTED=Connected, BAD_TIMING=Bad timing
            hs_analytics_source | Original source | enumeration | select | ORGANIC_SEARCH=Organic search, PAID_SEARCH=Paid search, EMAIL_MARKETING=Email marketing, SOCIAL_MEDIA=Organic social, REFERRALS=Referrals, OTHER_CAMPAIGNS=Other campaigns, DIRECT_TRAFFIC=Direct traffic, OFFLINE=Offline sources, PAID_SOCIAL=Paid social
            hs_email_optout | Unsubscribed from all email | bool | booleancheckbox
            hs_language | Preferred language | enumeration | select | en=English, de=German, fr=French, es=Spanish, nl=Dutch, pt=Portuguese
            birthdate | Birth date | date | date
            date_of_birth | Date of birth | string | text
            hs_timezone | Time zone | string | text
            total_revenue | Total revenue | number | number
            closedate | Close date | datetime | date
            notes_last_contacted | Last contacted | datetime | date | ro
            associatedcompanyid | Primary associated company ID | number | number
            """,
        ["companies"] = """
            createdate | Create date | datetime | date | ro
            name | Company name | string | text
            domain | Company domain name | string | text
            website | Website URL | string | text
            phone | Phone number | string | phonenumber
            description | Description | string | textarea
            address | Street address | string | text
            address2 | Street address 2 | string | text
            city | City | string | text
            state | State/Region | string | text
            zip | Postal code | string | text
            country | Country/Region | string | text
            industry | Industry | enumeration | select | ACCOUNTING=Accounting, COMPUTER_SOFTWARE=Computer software, CONSUMER_GOODS=Consumer goods, FOOD_BEVERAGES=Food & beverages, FOOD_PRODUCTION=Food production, HOSPITALITY=Hospitality, INFORMATION_TECHNOLOGY_AND_SERVICES=Information technology and services, LOGISTICS_AND_SUPPLY_CHAIN=Logistics and supply chain, RESTAURANTS=Restaurants, RETAIL=Retail, WHOLESALE=Wholesale
            type | Type | enumeration | select | PROSPECT=Prospect, PARTNER=Partner, RESELLER=Reseller, VENDOR=Vendor, OTHER=Other
            lifecyclestage | Lifecycle stage | enumeration | radio | subscriber=Subscriber, lead=Lead, marketingqualifiedlead=Marketing qualified lead, salesqualifiedlead=Sales qualified lead, opportunity=Opportunity, customer=Customer, evangelist=Evangelist, other=Other
            hs_lead_status | Lead status | enumeration | radio | NEW=New, OPEN=Open, IN_PROGRESS=In progress, OPEN_DEAL=Open deal, UNQUALIFIED=Unqualified, ATTEMPTED_TO_CONTACT=Attempted to contact, CONNECTED=Connected, BAD_TIMING=Bad timing
            numberofemployees | Number of employees | number | number
            annualrevenue | Annual revenue | number | number
            founded_year | Year founded | string | text
            timezone | Time zone | string | text
            linkedin_company_page | LinkedIn company page | string | text
            """,
        ["deals"] = """
            createdate | Create date | datetime | date
            dealname | Deal name | string | text
            amount | Amount | number | number
            closedate | Close date | datetime | date
            dealstage | Deal stage | enumeration | radio
            pipeline | Pipeline | enumeration | select
            dealtype | Deal type | enumeration | radio | newbusiness=New business, existingbusiness=Existing business
            description | Deal description | string | textarea
            deal_currency_code | Currency | enumeration | select | EUR=Euro, USD=US dollar, GBP=British pound, CHF=Swiss franc
            hs_priority | Priority | enumeration | select | low=Low, medium=Medium, high=High
            hs_next_step | Next step | string | text
            closed_lost_reason | Closed lost reason | string | textarea
            closed_won_reason | Closed won reason | string | textarea
            hs_deal_stage_probability | Deal probability | number | number | ro
            hs_is_closed | Is closed | bool | booleancheckbox | ro
            hs_is_closed_won | Is closed won | bool | booleancheckbox | ro
            hs_closed_amount | Closed deal amount | number | number | ro
            hs_forecast_amount | Forecast amount | number | number | ro
            """,
        ["tickets"] = """
            createdate | Create date | datetime | date
            subject | Ticket name | string | text
            content | Ticket description | string | textarea
            hs_pipeline | Pipeline | enumeration | select
            hs_pipeline_stage | Ticket status | enumeration | select
            hs_ticket_priority | Priority | enumeration | select | LOW=Low, MEDIUM=Medium, HIGH=High, URGENT=Urgent
            hs_ticket_category | Category | enumeration | checkbox | PRODUCT_ISSUE=Product issue, BILLING_ISSUE=Billing issue, FEATURE_REQUEST=Feature request, GENERAL_INQUIRY=General inquiry
            hs_resolution | Resolution | enumeration | select | ISSUE_FIXED=Issue fixed, DUPLICATE=Duplicate, CANNOT_REPRODUCE=Cannot reproduce, NO_RESPONSE=No response
            source_type | Source | enumeration | select | CHAT=Chat, EMAIL=Email, FORM=Form, PHONE=Phone
            closed_date | Close date | datetime | date
            hs_ticket_id | Ticket ID | number | number | ro
            hs_is_closed | Is closed | bool | booleancheckbox | ro
            """,
        ["products"] = """
            createdate | Create date | datetime | date | ro
            name | Name | string | text
            description | Product description | string | textarea
            price | Unit price | number | number
            hs_sku | SKU | string | text
            hs_cost_of_goods_sold | Unit cost | number | number
            hs_recurring_billing_period | Term | string | text
            recurringbillingfrequency | Billing frequency | enumeration | select | monthly=Monthly, quarterly=Quarterly, annually=Annually
            hs_product_type | Product type | enumeration | select | inventory=Inventory, non_inventory=Non-inventory, service=Service
            hs_url | URL | string | text
            tax | Tax | number | number
            """,
        ["line_items"] = """
            createdate | Create date | datetime | date | ro
            name | Name | string | text
            description | Description | string | textarea
            price | Unit price | number | number
            quantity | Quantity | number | number
            amount | Net price | number | number | ro
            discount | Unit discount | number | number
            hs_discount_percentage | Discount percentage | number | number
            hs_product_id | Product ID | number | number
            hs_sku | SKU | string | text
            hs_line_item_currency_code | Currency | string | text
            recurringbillingfrequency | Billing frequency | enumeration | select | monthly=Monthly, quarterly=Quarterly, annually=Annually
            """,
        ["quotes"] = """
            hs_title | Quote title | string | text
            hs_expiration_date | Expiration date | date | date
            hs_status | Status | enumeration | select | DRAFT=Draft, MINIMAL_DRAFT=Minimal draft, APPROVAL_NOT_NEEDED=Approval not needed, PENDING_APPROVAL=Pending approval, APPROVED=Approved, REJECTED=Rejected
            hs_quote_amount | Quote amount | number | number
            hs_currency | Currency | string | text
            hs_language | Language | string | text
            hs_locale | Locale | string | text
            hs_comments | Comments | string | textarea
            hs_terms | Purchase terms | string | textarea
            hs_sender_firstname | Sender first name | string | text
            hs_sender_lastname | Sender last name | string | text
            hs_sender_email | Sender email | string | text
            hs_sender_company_name | Sender company | string | text
            hs_esign_enabled | E-signature enabled | bool | booleancheckbox
            hs_quote_link | Public URL | string | text | ro
            """,
        ["notes"] = """
            hs_timestamp | Activity date | datetime | date
            hs_note_body | Note body | string | html
            hs_attachment_ids | Attached file IDs | string | text
            """,
        ["tasks"] = """
            hs_timestamp | Due date | datetime | date
            hs_task_subject | Task title | string | text
            hs_task_body | Notes | string | html
            hs_task_status | Task status | enumeration | select | NOT_STARTED=Not started, IN_PROGRESS=In progress, WAITING=Waiting, COMPLETED=Completed, DEFERRED=Deferred
            hs_task_priority | Priority | enumeration | select | NONE=None, LOW=Low, MEDIUM=Medium, HIGH=High
            hs_task_type | Task type | enumeration | select | TODO=To-do, CALL=Call, EMAIL=Email
            hs_task_reminders | Reminders | string | text
            """,
        ["calls"] = """
            hs_timestamp | Activity date | datetime | date
            hs_call_title | Call title | string | text
            hs_call_body | Call notes | string | html
            hs_call_duration | Call duration | number | number
            hs_call_direction | Call direction | enumeration | select | INBOUND=Inbound, OUTBOUND=Outbound
            hs_call_status | Call status | enumeration | select | BUSY=Busy, COMPLETED=Completed, CONNECTING=Connecting, FAILED=Failed, IN_PROGRESS=In progress, NO_ANSWER=No answer, QUEUED=Queued, RINGING=Ringing
            hs_call_from_number | From number | string | text
            hs_call_to_number | To number | string | text
            hs_call_disposition | Call outcome | string | text
            """,
        ["emails"] = """
            hs_timestamp | Activity date | datetime | date
            hs_email_subject | Email subject | string | text
            hs_email_text | Email body | string | textarea
            hs_email_html | Email HTML | string | html
            hs_email_direction | Email direction | enumeration | select | EMAIL=Email, INCOMING_EMAIL=Incoming email, FORWARDED_EMAIL=Forwarded email
            hs_email_status | Email send status | enumeration | select | BOUNCED=Bounced, FAILED=Failed, SCHEDULED=Scheduled, SENDING=Sending, SENT=Sent
            hs_email_headers | Email headers | string | textarea
            """,
        ["meetings"] = """
            hs_timestamp | Activity date | datetime | date
            hs_meeting_title | Meeting name | string | text
            hs_meeting_body | Meeting description | string | html
            hs_meeting_location | Meeting location | string | text
            hs_meeting_start_time | Start time | datetime | date
            hs_meeting_end_time | End time | datetime | date
            hs_meeting_outcome | Meeting outcome | enumeration | select | SCHEDULED=Scheduled, COMPLETED=Completed, RESCHEDULED=Rescheduled, NO_SHOW=No show, CANCELED=Canceled
            hs_internal_meeting_notes | Internal notes | string | html
            """,
    };

    private static readonly Dictionary<string, IReadOnlyList<PropertyDefinition>> Read = ObjectTypes.All.ToDictionary(type => type.Id, IReadOnlyList<PropertyDefinition> (type) => Parse(type, Everywhere + "\n" + Texts[type.Name]));

    private static readonly Dictionary<string, Dictionary<string, PropertyDefinition>> Named = Read.ToDictionary(pair => pair.Key, pair => pair.Value.ToDictionary(property => property.Name));

    public static IReadOnlyList<PropertyDefinition> Of(ObjectType type) => Read[type.Id];

    public static PropertyDefinition? Find(ObjectType type, string name) => Named[type.Id].GetValueOrDefault(name);

    public static string GroupOf(ObjectType type) => type.Singular.Replace("_", "", StringComparison.Ordinal) + "information";

    private static List<PropertyDefinition> Parse(ObjectType type, string lines) =>
        [.. lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(cells => new PropertyDefinition
        {
            Name = cells[0],
            Label = cells[1],
            Type = cells[2],
            FieldType = cells[3],
            Group = GroupOf(type),
            ReadOnly = cells is [.., "ro"],
            Unique = cells is [.., "unique"],
            FormField = cells is [_, _, "string" or "number" or "enumeration", _] && type.Id is "0-1" or "0-2" or "0-5",
            Standard = true,
            Options = cells is [_, _, "enumeration", _, { } options]
                ? [.. options.Split(',', StringSplitOptions.TrimEntries).Select(option => option.Split('=')).Select(pair => new PropertyOption(pair[1], pair[0]))]
                : cells[2] == "bool" ? [new("True", "true"), new("False", "false")] : [],
        })];
}
