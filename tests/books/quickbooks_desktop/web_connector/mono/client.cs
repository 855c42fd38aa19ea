// Plays one update of the QuickBooks Web Connector with a real .NET SOAP proxy.
//
// Usage: client.exe URL USER PASSWORD [FOLDER]
//
// Without FOLDER every request is answered "Status OK". With it, request n is written to FOLDER/request-n.xml, and
// the response is read from FOLDER/response-n.xml: lay the responses out beforehand, or write each when its request
// appears (under another name, then rename it). What happened is printed, one "name<TAB>value" per line, values with
// \, tab, CR and LF escaped. Exit code 0: the session ended; 1: the proxy could not make use of an answer.

using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;

static class Program
{
    const int MostRequests = 500;
    const int MostSecondsForAResponse = 60;
    const string CompanyFile = @"C:\Users\Public\Documents\Intuit\QuickBooks\Company Files\railroad.qbw";
    const string Preferences = "<?xml version=\"1.0\" ?><QBXML><QBXMLMsgsRs/></QBXML>";

    static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        if (args.Length < 3)
        {
            Console.Error.WriteLine("usage: client.exe URL USER PASSWORD [FOLDER]");
            return 2;
        }
        try
        {
            Converse(args[0], args[1], args[2], args.Length > 3 ? args[3] : null);
            return 0;
        }
        catch (Exception problem)
        {
            Say("problem", problem.GetType().Name + ": " + problem.Message);
            return 1;
        }
    }

    static void Converse(string url, string user, string password, string folder)
    {
        var proxy = new QBWebConnectorSvc { Url = url };
        Say("serverVersion", proxy.serverVersion());
        Say("clientVersion", proxy.clientVersion("2.3.0.215"));
        string[] login = proxy.authenticate(user, password);
        string ticket = login[0];
        Say("status", login[1]);
        string status = login[1].ToLowerInvariant();
        if (status != "none" && status != "nvu" && status != "busy")
            Exchange(proxy, ticket, folder);
        Say("closeConnection", proxy.closeConnection(ticket));
    }

    static void Exchange(QBWebConnectorSvc proxy, string ticket, string folder)
    {
        string preferences = Preferences;
        for (int number = 1; number <= MostRequests; number++)
        {
            string request = proxy.sendRequestXML(ticket, preferences, CompanyFile, "US", 13, 0);
            preferences = "";
            if (string.IsNullOrEmpty(request))
            {
                Say("getLastError", proxy.getLastError(ticket));
                return;
            }
            Say("request", request);
            string response = folder == null ? Echo(request) : Ask(folder, number, request);
            int percent = proxy.receiveResponseXML(ticket, response, "", "");
            Say("percent", percent.ToString());
            if (percent < 0)
                Say("getLastError", proxy.getLastError(ticket));
            if (percent < 0 || percent >= 100)
                return;
        }
        throw new InvalidOperationException("more than " + MostRequests + " requests");
    }

    static string Ask(string folder, int number, string request)
    {
        string question = Path.Combine(folder, "request-" + number + ".xml");
        File.WriteAllText(question + ".part", request, new UTF8Encoding(false));
        File.Move(question + ".part", question);
        string answer = Path.Combine(folder, "response-" + number + ".xml");
        for (int waited = 0; !File.Exists(answer); waited += 5)
        {
            if (waited > MostSecondsForAResponse * 1000)
                throw new TimeoutException("no " + answer);
            Thread.Sleep(5);
        }
        return File.ReadAllText(answer, Encoding.UTF8);
    }

    static string Echo(string request)
    {
        var answers = new StringBuilder();
        foreach (Match each in Regex.Matches(request, "<(\\w+)Rq((?: requestID=\"[^\"]*\")?)"))
            answers.AppendFormat(
                "<{0}Rs{1} statusCode=\"0\" statusSeverity=\"Info\" statusMessage=\"Status OK\" />",
                each.Groups[1].Value, each.Groups[2].Value);
        return "<?xml version=\"1.0\" ?><QBXML><QBXMLMsgsRs>" + answers + "</QBXMLMsgsRs></QBXML>";
    }

    static void Say(string name, string value)
    {
        value = value ?? "(null)";
        Console.WriteLine(name + "\t" + value.Replace("\\", "\\\\").Replace("\t", "\\t").Replace("\r", "\\r")
            .Replace("\n", "\\n"));
    }
}
