"""Functions of what this system is not connected to: a message says what is missing, and programs go on."""

from __future__ import annotations

from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, Term

#: What is missing, and what to do instead → the functions that need it.
MISSING = {
    "There is no notebook here; results are printed, and Export writes files.": (
        "AbsoluteCurrentValue", "ButtonNotebook", "CellPrint", "Cells", "ChoiceDialog", "CopyToClipboard", "CreateDialog",
        "CreateDocument", "CreateNotebook", "CreatePalette", "CreateWindow", "CurrentValue", "DialogInput", "DialogReturn",
        "EvaluationCell", "EvaluationNotebook", "FrontEndExecute", "FrontEndTokenExecute", "InputNotebook", "LinkActivate",
        "MessageDialog", "MessagesNotebook", "MousePosition", "NextCell", "NotebookClose", "NotebookDelete", "NotebookEvaluate",
        "NotebookFileName", "NotebookFind", "NotebookGet", "NotebookInformation", "NotebookLocate", "NotebookOpen", "NotebookPrint", "NotebookPut",
        "NotebookRead", "NotebookSave", "NotebookSelection", "NotebookWrite", "Notebooks", "ParentCell", "ParentNotebook",
        "PreviousCell", "SelectedCells", "SelectedNotebook", "SelectionEvaluate", "SelectionMove", "SetSelectedNotebook",
        "SystemDialogInput", "SystemOpen", "EvaluationBox", "NotebookApply", "NotebookCreate", "ParentBox", "CurrentScreenImage",
    ),
    "There is no cloud here; Export and Put write files.": (
        "CloudConnect", "CloudDeploy", "CloudDisconnect", "CloudEvaluate", "CloudExport", "CloudGet", "CloudImport",
        "CloudObject", "CloudObjects", "CloudPut", "CloudSave",
        "CloudObjectInformation", "CloudPublish", "SetPermissions", "SystemCredential",
    ),
    "The repositories of functions and data are not reached from here; define the function, or read the data by Import.": (
        "ResourceData",
        "ResourceFunction", "ResourceObject", "ResourceSearch", "ResourceSubmit",
    ),
    "Entities and the data about them are on servers that are not reached from here; read data by Import.": (
        "CityData", "CountryData", "DictionaryLookup", "ElementData", "EntityList", "EntityValue", "FinancialData",
        "GeoElevationData", "RandomWord", "WeatherData", "WolframAlpha", "WordData", "WordList",
        "LanguageIdentify", "ServiceConnect", "ServiceExecute", "TextCases", "TextTranslation", "WikipediaData",
    ),
    "Paclets are not installed from servers; PacletDirectoryLoad makes one in a folder known.": (
        "CreatePacletArchive", "PackPaclet", "PacletInstall", "PacletUninstall", "PacletUpdate", "RebuildPacletData",
    ),
    "Compiled libraries and other kernels are not linked here; RunProcess runs other programs.": (
        "ExternalEvaluate", "FindLibrary", "FunctionCompileExportLibrary", "LibraryFunctionLoad", "LibraryFunctionInformation",
        "LibraryFunctionUnload", "LibraryLoad", "LibraryUnload", "LinkConnect", "LinkCreate", "LinkLaunch", "LinkRead", "LinkWrite",
        "SocketConnect", "SocketListen", "SocketOpen", "StartExternalSession",
        "CreateManagedLibraryExpression", "ExternalSessions", "LinkClose", "LinkInterrupt", "LinkReadyQ", "Links",
        "ManagedLibraryExpressionID", "ManagedLibraryExpressionQ", "SocketReadMessage",
    ),
    "Nothing is evaluated in the background here; evaluate it at once, or start another program by StartProcess.": (
        "DeleteObject", "RemoveScheduledTask", "RunScheduledTask", "SessionSubmit", "TaskAbort", "TaskRemove", "TaskWait",
    ),
}  # fmt: skip


def declare(name: str, reason: str) -> None:
    def missing(kernel: Kernel, *args: Term) -> Term:
        raise Message("missing", result=FAILED)

    what = reason[0].lower() + reason[1:]
    missing.__doc__ = f"""{name}[…] gives a message: {what}

    Examples:
        >> {name}["x"]
        = $Failed
        message: {name}::missing
    """
    builtin(name, category="Elsewhere", takes_rules=True, messages={"missing": reason})(missing)


for _reason, _names in MISSING.items():
    for _name in _names:
        declare(_name, _reason)
