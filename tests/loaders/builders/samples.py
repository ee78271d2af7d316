"""Three invented documents: a note with an annexed draft decision, a letter, and a report."""

from builders.description import Item, bullet, heading, letter, number, plain, roman, starred

NOTE_TITLE = "Riverbank monitoring and exchange of laboratory results"
NOTE: list[Item] = [
    plain("**Conference of the Parties to the Riverbank Convention, ninth meeting**"),
    plain("Oslo, 4–8 May 2031"),
    starred("Item 6 (b) of the provisional agenda[^*]", star1="UNEP/XX/COP.9/1/Rev.2."),
    plain(f"**{NOTE_TITLE}**"),
    plain("**Note by the secretariat**"),
    heading(1, "I. Introduction"),
    number(
        "By its decision XX-8/3, the Conference of the Parties asked the secretariat to gather laboratory results from "
        "parties that keep monitoring stations along large rivers.[^1] The results had to reach the secretariat early.",
        n1="The list of stations is kept on the website of the Convention and is renewed every other year.",
    ),
    number("Thirty-one parties answered. Their answers are reproduced as received, without formal editing."),
    heading(1, "II. Results"),
    heading(2, "A. Stations and laboratories"),
    number(
        "Most of the stations take samples once a week and send them to one national laboratory. In eleven countries "
        "the laboratory also trains the staff of the stations, with support from capacity-building projects of "
        "several funds. The secretariat thanks all who took part in the two rounds of comparison between "
        "laboratories, which were long, costly and useful, and which nobody had expected to be finished in time."
    ),
    number("Parties named the following obstacles in their answers:"),
    letter("The price of reference materials and their slow passage through customs;"),
    letter("The lack of trained staff, in particular:"),
    roman("Chemists with experience of low concentrations;"),
    roman("Technicians for the upkeep of instruments;"),
    letter("Weak links between ministries."),
    heading(2, "B. Exchange of data"),
    number(
        "A shared database was opened in March 2030.[^2] It holds some nine thousand records, which can be searched by "
        "river, by year and by substance, and more are added every month.",
        n2="See UNEP/XX/COP.9/INF/7, annex II.",
    ),
    bullet("Records from before 2020 are being entered by hand;"),
    bullet("Later records are sent by the stations themselves."),
    heading(1, "III. Suggested action"),
    number("The Conference of the Parties may wish to adopt a decision along the lines of the draft in the annex."),
    heading(1, "Annex"),
    heading(2, "Draft decision XX-9/[--]: Riverbank monitoring"),
    plain("The Conference of the Parties,"),
    plain("Recalling its decision XX-8/3 and the importance of comparable results,"),
    plain("Noting with appreciation the work of the national laboratories,"),
    number(
        "Requests the secretariat, subject to the availability of resources, to hold two further rounds of comparison "
        "between laboratories before the tenth meeting of the Conference of the Parties;[^1]",
        restart=True,
        n1="The cost of one round is estimated at 40,000 United States dollars.",
    ),
    number("Invites parties in a position to do so:"),
    letter("To make reference materials available to the laboratories of other parties;"),
    letter("To receive technicians for training;"),
    number(
        "Decides to consider the matter again at its tenth meeting.[^2]",
        n2="Planned for 2033, dates and venue to be announced.",
    ),
]
LETTER: list[Item] = [
    plain("Ref: XX/2031/77"),
    plain("Oslo, 2 June 2031"),
    plain("Subject: Exchange of reference materials between laboratories"),
    plain("Dear Chair of the Network of Laboratories,"),
    plain(
        "Following the ninth meeting of the Conference of the Parties, which closed on 8 May 2031, I write to thank "
        "the Network for its help with the two rounds of comparison and to ask for its advice on those to follow."
    ),
    plain("We should be grateful for the help of the Network with:"),
    bullet("The choice of reference materials for river water and for sediments;"),
    bullet("A short course for technicians, to be held at the margins of the next meeting of the Network."),
    plain("My colleagues will be glad to answer any question that you or the members of the Network may have."),
    plain("Yours sincerely,"),
    plain("Ingrid Solberg"),
    plain("Executive Secretary"),
]
REPORT_TITLE = "Annual report on riverbank monitoring"
REPORT: list[Item] = [
    heading(1, "Foreword"),
    plain(
        "This report tells what was done along the rivers in the course of the year. It was written by those who did "
        "the work, and it is meant for readers who know the Convention but have never stood at a monitoring station."
    ),
    plain("It may be copied freely as long as the source is named."),
    heading(1, "1. Stations"),
    heading(2, "1.1. New stations"),
    plain(
        "Four stations were opened: two in the mountains, one at a weir and one in a harbour. The harbour station "
        "takes samples every hour, since ships stir up the sediments whenever they berth or leave."
    ),
    bullet("The mountain stations are reached on foot only;"),
    bullet("The station at the weir belongs to a power company."),
    heading(2, "1.2. Closed stations"),
    plain("One station was closed after a flood carried away the bridge on which its instruments had been fixed."),
    heading(1, "2. Laboratories"),
    plain("All laboratories took part in both rounds of comparison, and all but one stayed within the agreed limits."),
]
