// How deeds and their fields are called, and what there is to choose from; what is not named here is called by its own name.
import { here } from "./app.js";
import { CHANNELS } from "./deed-fields.js";
import { t } from "./words.js";

/** Each deed by its human name, in the groups in which it is listed. @type {[() => string, Record<string, () => string>][]} */
export const GROUPS = [
  [() => t("The mission"), {
    RaiseAlarm: () => t("Raise an alarm"), PlanMission: () => t("Plan the mission"), MoveMission: () => t("Start, suspend, close or reopen a mission"),
    RegradeMission: () => t("Regrade a mission"), TakeMissionCommand: () => t("Hand a mission's command over"), ScoreUrgency: () => t("Score how urgent it is"),
    DescribeSubject: () => t("Describe the missing one"), SetInitialPoint: () => t("Set the point to plan from"), ReadInMember: () => t("Read somebody in"),
    ReadOutMember: () => t("Read somebody out"), SettleConflict: () => t("Settle a conflict"), RecordAdvice: () => t("Record advice") }],
  [() => t("Who may know"), {
    Tell: () => t("Put down whom you told"), GivePromise: () => t("Promise silence"), ShowTelling: () => t("Let those read in see a telling"), SetCeiling: () => t("Set how many may know"),
    SetCover: () => t("Set a cover story"), EndCover: () => t("End a cover story"), MaskIdentity: () => t("Mask who it is"), TellIdentity: () => t("Tell who a masked one is"),
    PlanContact: () => t("Plan contact under cover"), NameQuarry: () => t("Hunt or accuse a member"), BreakGlass: () => t("Open what somebody is away on, in an emergency"), EndEmergency: () => t("Close what was opened in an emergency") }],
  [() => t("Who goes"), {
    MakeOffer: () => t("Offer a mission to somebody, or order them"), AnswerOffer: () => t("Answer an offer"), WithdrawOffer: () => t("Withdraw an offer"),
    DeferOffer: () => t("Defer an offer"), MakeException: () => t("Make an exception from a rule"), DeclareStake: () => t("Declare a personal stake"),
    HoldBack: () => t("Hold somebody back"), JoinAsWalkIn: () => t("Give a walk-in a post"), VoiceDoubt: () => t("Voice a doubt"),
    WriteBriefing: () => t("Write the briefing"), AcknowledgeBriefing: () => t("Acknowledge the briefing") }],
  [() => t("In the field"), {
    LogLine: () => t("Write a log line"), AmendLine: () => t("Amend a log line"), UndoLine: () => t("Take a log line back"), FormTeam: () => t("Form a team"),
    ChangeTeam: () => t("Change a team"), TakeVehicle: () => t("Take a vehicle"), ReleaseVehicle: () => t("Release a vehicle"), SignIn: () => t("Sign somebody in at the scene"),
    SignOut: () => t("Sign somebody out at the scene"), Depart: () => t("Somebody departs"), StartHome: () => t("Somebody starts home"), ArriveHome: () => t("Somebody is home"),
    HandOver: () => t("Hand somebody over"), ReportPlace: () => t("Report a place"), MakeContact: () => t("Somebody was heard"), WatchSilence: () => t("Listen for somebody"),
    AnswerAlarm: () => t("Answer an alarm"), AskBackup: () => t("Ask for backup"), SendBackup: () => t("Send backup"), ChooseFuture: () => t("Wait for backup, or go on"), ReportFallen: () => t("One of ours is down"),
    NoteRest: () => t("Somebody ate or slept"), ReportFound: () => t("Somebody was found"), Draw: () => t("Draw on the map"), ChangeDrawing: () => t("Change a drawing"), EraseDrawing: () => t("Erase a drawing") }],
  [() => t("Casualties and clues"), {
    ReportCasualty: () => t("Report a casualty"), Triage: () => t("Triage a casualty"), Treat: () => t("Treat a casualty"), ExpectHelp: () => t("Announce help for a casualty"),
    ReportClue: () => t("Report a clue"), WithdrawClue: () => t("Withdraw a clue") }],
  [() => t("Where he may be"), {
    WeighClue: () => t("Say what a clue is worth"), WithdrawEvidence: () => t("Withdraw evidence"), StateHypothesis: () => t("State what may have become of him"),
    DropHypothesis: () => t("Drop a hypothesis"), LendDog: () => t("Pass command over a dog"), SayDogState: () => t("Say how a dog is") }],
  [() => t("Reports"), {
    FileReport: () => t("File what somebody reported"), WriteReport: () => t("Write a report"), WithholdTestimony: () => t("Mark testimony as withheld"),
    ReleaseTestimony: () => t("Release testimony"), Assume: () => t("State an assumption"), FailAssumption: () => t("An assumption failed"),
    WarnOfAssumption: () => t("Warn of an assumption"), NoteExposure: () => t("Note what somebody went through"), NoteOutcome: () => t("Note how it went for somebody") }],
  [() => t("People"), {
    EnrolMember: () => t("Enrol a member"), RenameMember: () => t("Rename a member"), GiveRank: () => t("Give a rank"), SetSkill: () => t("Set a skill"),
    AwardQualification: () => t("Award a qualification"), SetDuties: () => t("Set duties"), TakeRole: () => t("Take a role"), EndRole: () => t("End a role"),
    SetDutyStatus: () => t("Set a duty status"), SayAvailability: () => t("Say when somebody can come"), WriteLeaveLetter: () => t("Write a leave letter"),
    PlanRoutine: () => t("Plan a routine"), StateBond: () => t("State a bond"), EndBond: () => t("End a bond"), NoteHistory: () => t("Note somebody's past"), StateNever: () => t("State what somebody never did"),
    MakePetition: () => t("Make a petition"), AnswerPetition: () => t("Answer a petition"), GiveHome: () => t("Give a home"), GiveNextOfKin: () => t("Give next of kin"),
    GiveMedicalNote: () => t("Give a medical note"), ShareWeighingDay: () => t("Share a day that weighs"), SayNotMyself: () => t("Say: not myself today"),
    SetChannels: () => t("Set channels"), WithdrawInvitation: () => t("Withdraw an invitation"), ImportRoster: () => t("Import a roster"), ErasePerson: () => t("Erase a person's data"),
    OpenFollowUp: () => t("Open a follow-up"), LookInOn: () => t("Look in on somebody left behind"),
    SignOnDuty: () => t("Come on duty, and say how they slept"), SignOffDuty: () => t("Go off duty") }],
  [() => t("The organisation"), {
    TakeCommand: () => t("Take command"), SetSuccession: () => t("Set the succession"), TakeClock: () => t("Let this machine ring the timers"), SetScales: () => t("Set ranks and skills"),
    AddVehicle: () => t("Add a vehicle"), SetVehicleStatus: () => t("Set a vehicle's status"), Remember: () => t("Remember somebody lost"), VeilRemembrance: () => t("Veil a remembrance") }],
];

/** Deeds that only make sense together with something made elsewhere: an invitation's secret, a calendar's, a photo, a limit, a request. */
export const ELSEWHERE = new Set(["InviteMember", "TakeInvitation", "NewFeed", "AttachPhoto", "WithdrawPhoto", "EndLimit", "AnswerCareRequest", "NoteEvidence"]);

/** How a field is called. @type {Record<string, () => string>} */
export const FIELDS = {
  mission: () => t("Mission"), member: () => t("Who"), members: () => t("Who"), name: () => t("Name"), words: () => t("In words"), reason: () => t("Why"), why: () => t("Why"),
  place: () => t("Where"), at: () => t("When"), rank: () => t("Rank"), to: () => t("To"), post: () => t("Post"), home_by: () => t("Home by"), answer_by: () => t("Answer by"),
  leader: () => t("Leader"), overdue_min: () => t("Overdue after"), team: () => t("Team"), clue: () => t("Clue"), casualty: () => t("Casualty"), offer: () => t("Offer"),
  alarm: () => t("Alarm"), vehicle: () => t("Vehicle"), secret: () => t("Secret"), purpose: () => t("What for"), needs: () => t("Who is needed"), least_people: () => t("At least"),
  most_people: () => t("At most"), starts: () => t("Starts"), hours: () => t("Lasts"), answers: () => t("Answers"), fields: () => t("What is known"), category: () => t("Category"),
  what: () => t("What"), basis: () => t("How that is known"), order: () => t("In which order"), exceptions: () => t("Reasons for exceptions"), answer: () => t("Answer"),
  limits: () => t("Limits"), think_until: () => t("Thinks it over until"), channel: () => t("How it reached you"), rule: () => t("Rule"), about: () => t("About"),
  stake: () => t("Stake"), speaks_for: () => t("Speaks for it"), speaks_against: () => t("Speaks against it"), lifted: () => t("No longer held back"), cautions: () => t("Cautions"),
  chosen_because: () => t("Why each was chosen"), version: () => t("Version"), reopens_when: () => t("What would reopen it"), source: () => t("Who says so"), grade: () => t("How they know"),
  sure_percent: () => t("How sure"), holder: () => t("Who"), testimony: () => t("Testimony"), assumption: () => t("Assumption"), how: () => t("How"), stage: () => t("Draft or official"),
  came_as: () => t("It came"), kinds: () => t("What happened"), outcome: () => t("How it went"), deeds: () => t("Done for the first time"), conflict: () => t("Conflict"),
  sender: () => t("From"), receiver: () => t("To"), message: () => t("Message"), place_words: () => t("The place in words"), status: () => t("Status"), relayed: () => t("Relayed"),
  radio_place: () => t("Radio's place"), flags: () => t("Flags"), triage: () => t("Triage"), condition: () => t("Condition"), instruction: () => t("What the finders shall do"),
  who: () => t("Who"), by: () => t("By"), done: () => t("Needs nothing more"), state: () => t("In what state"), every_min: () => t("Heard at least every"), people: () => t("How many"),
  backup: () => t("Which backup"), arrives: () => t("There at"), drawing: () => t("Drawing"), points: () => t("Points, one place on each line"), line: () => t("Line"),
  ref: () => t("Roster number"), duties: () => t("Duties"), skills: () => t("Skills: name = level, one on each line"), callsign: () => t("Callsign"), phone: () => t("Phone"),
  email: () => t("E-mail"), languages: () => t("Languages"), synthetic: () => t("Made up, for practice"), rows: () => t("Rows"), role: () => t("Role"), wish: () => t("At whose wish"),
  until: () => t("Until"), on: () => t("On"), led_by: () => t("Led by"), petition: () => t("Petition"), granted: () => t("Granted"), month: () => t("Month"), day: () => t("Day"),
  say: () => t("What may be said of it"), skill: () => t("Skill"), level: () => t("Level"), awarded: () => t("Awarded"), expires: () => t("Expires"), evidence: () => t("Evidence"),
  front: () => t("Up front"), pursuers: () => t("Who is there"), subject_kmh: () => t("How fast the other gets away"), choice: () => t("Wait or go on"), sent: () => t("How they are sent"), private: () => t("For them and those who send people alone"),
  one: () => t("The one"), other: () => t("The other"), says: () => t("In whose words"), deed: () => t("What they never did"), remembrance: () => t("Whom"), hidden: () => t("What is hidden"),
  letter: () => t("The letter"), mission_words: () => t("Mission, in words"), close: () => t("Who was close"), start: () => t("From"), end: () => t("To"), available: () => t("Can come"),
  every_days: () => t("Every"), without: () => t("Without whom"), listener: () => t("Whom"), of: () => t("Which telling"), happened: () => t("When"), promise: () => t("What they promised"), shown: () => t("Let those read in see it"),
  override: () => t("Why, though the ceiling is crossed"), telling: () => t("Which telling"), most: () => t("At most"), leak_per_year: () => t("Assumed chance that one who knows lets it out within a year"),
  tellings_shown: () => t("Every telling is shown to those read in from now on"), cover: () => t("Which cover"), label: () => t("They read"), names: () => t("Instead of these words, one on each line"),
  planted: () => t("Chance that it was planted, 0 to 1"), anothers: () => t("Chance that it is another’s, 0 to 1"), left_from: () => t("Left at the earliest"), left_until: () => t("Left at the latest"),
  within_m: () => t("How far from his way, m"), odds: () => t("Odds beside the others"), evader: () => t("Does not want to be found"), injured: () => t("Injured"), heading_deg: () => t("Bound for, degrees from north"),
  goals: () => t("Makes for, one place on each line"), hypothesis: () => t("Hypothesis"), dog: () => t("Dog"), handler: () => t("Takes the orders of"), article: () => t("Scent article"), owner: () => t("Belongs to"),
  signals: () => t("Signals, and what they mean"), way_out: () => t("The way out"), glass: () => t("Which opening"), first: () => t("First"), companion: () => t("With whom"), seats: () => t("Seats"), scales: () => t("Ranks and skills"), contacts: () => t("Days"),
  slept_24h: () => t("Slept in the last 24 hours"), slept_48h: () => t("Slept in the last 48 hours"), woke: () => t("Awake since"), worked_h: () => t("Other work and travel in the last 24 hours"), driving: () => t("Means to drive home"),
};

/** In which unit a figure is given. @type {Record<string, () => string>} */
export const UNITS = {
  overdue_min: () => t("minutes of silence"), every_min: () => t("minutes"), hours: () => t("hours"), slept_24h: () => t("hours"), slept_48h: () => t("hours"), worked_h: () => t("hours"), least_people: () => t("people"), most_people: () => t("people"),
  people: () => t("people"), subject_kmh: () => t("km/h"), sure_percent: () => t("per cent"), every_days: () => t("days"), level: () => t("1 to 5; 0 takes it away"),
};

const BOND_KINDS = ["teaches", "kin", "couple", "teammate", "steadies", "promise"];

/** What there is to choose from, by the deed and the field, or by the field alone. @returns {Record<string, any[]>} */
export function choices() {
  const { organisation, lists } = here.value;
  const wishes = [["own", t("their own")], ["command", t("command's")], ["circumstance", t("circumstance")]];
  const statuses = ["on duty", "available", "limited", "resting", "leave", "away", "lost"];
  return {
    "MoveMission.to": [["under way", t("under way")], ["suspended", t("suspended")], ["closed", t("closed")], ["refused", t("refused")], ["raised", t("raised")]],
    "SetDutyStatus.status": statuses, "AnswerOffer.answer": ["seen", "thinking", "accepted", "accepted with limits", "declined"], "SetInitialPoint.what": ["IPP", "LKP"],
    "Tell.level": ["that", "where and when", "what for", "all"], "SetCover.status": ["leave", "away"], "NameQuarry.what": ["hunted", "accused"],
    "SayDogState.state": ["working", "tired", "resting", "out"], "Draw.what": ["segment", "post", "line", "note"], "ChangeDrawing.what": ["segment", "post", "line", "note"], "GiveRank.rank": organisation.member_ranks,
    "EnrolMember.rank": organisation.member_ranks, "StateBond.what": BOND_KINDS, "EndBond.what": BOND_KINDS, "StateBond.sent": ["together", "apart"], "ChooseFuture.choice": ["wait", "go on"], "ReportFound.state": ["alive", "hurt", "dead", "not said"], "LogLine.status": lists.statuses, "AmendLine.status": lists.statuses,
    "MakeException.rule": ["rank", "history", "healer", "briefing"], rank: organisation.mission_ranks.map((/** @type {any} */ one) => one.name), triage: lists.triage,
    instruction: lists.clue_instructions, grade: ["seen", "hearsay", "unknown"], stage: ["draft", "official"], came_as: ["typed", "pasted", "photo"], kinds: lists.exposures,
    skill: organisation.skills, channel: CHANNELS(), wish: wishes, duties: ["commander", "operator", "clerk", "medic", "trainer", "carer", "guardian"],
  };
}
