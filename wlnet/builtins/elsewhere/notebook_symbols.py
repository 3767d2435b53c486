"""Names that say how something looks or behaves in a notebook: options, their values, and controls. They stand for themselves."""

from __future__ import annotations

from wlnet.kernel import constant

#: What a name is → the names.
NAMES = {
    "an option of cells in a notebook": (
        "AutoIndent", "AutoStyleOptions", "CellAutoOverwrite", "CellBaseline", "CellContext", "CellDingbat",
        "CellFrame", "CellFrameColor", "CellFrameLabels", "CellFrameMargins", "CellGrouping", "CellID", "CellLabel",
        "CellLabelAutoDelete", "CellMargins", "CellOpen", "CellSize", "CellStyle", "CellTags", "Copyable", "Deletable", "Editable",
        "GeneratedCell", "PageBreakAbove", "PageBreakBelow", "PageWidth", "Selectable", "ShowAutoStyles", "ShowCellBracket",
        "ShowCellLabel", "ShowStringCharacters", "ShowSyntaxStyles", "StyleKeyMapping", "TextAlignment", "TextJustification",
        "AutoCopy", "AutoNumberFormatting", "AutoQuoteCharacters", "AutoStyleWords", "CellChangeTimes", "CellElementSpacings",
        "CellEvaluationFunction", "CellEvaluationLanguage", "CellEventActions", "CellGroupingRules", "CellLabelTemplate", "CreateCellID",
        "DefaultNewCellStyle", "DiacriticalPositioning", "EvaluationCompletionAction", "ExportAutoReplacements", "IgnoreSpellCheck",
        "LimitsPositioning", "LineBreakWithin", "MultilineFunction", "NotebookDynamicExpression", "PageBreakWithin",
        "PrivateNotebookOptions", "ShowCellTags", "ShowGroupOpener", "ShowShortBoxForm", "ShowSpecialCharacters",
        "SingleLetterItalics", "SpellingOptions", "StyleHints", "TabSpacings", "DynamicEvaluationTimeout",
    ),
    "an option of notebooks and their windows": (
        "ClosingAutoSave", "DockedCells", "Magnification", "NotebookEventActions", "PrintingStyleEnvironment", "Saveable",
        "ScreenStyleEnvironment", "StyleDefinitions", "TaggingRules", "Visible", "WindowClickSelect", "WindowElements", "WindowFloating",
        "WindowFrame", "WindowFrameElements", "WindowMargins", "WindowMovable", "WindowOpacity", "WindowSize", "WindowStatusArea",
        "WindowTitle", "WindowToolbars",
    ),
    "an option of the looks of texts and boxes": (
        "AutoSpacing", "BaselinePosition", "ContentPadding", "DefaultBaseStyle", "FontFamily", "FontOpacity", "FontSlant", "FontTracking",
        "FontVariations", "FrameMargins", "ImageMargins", "LineIndent", "LineSpacing", "ParagraphIndent",
        "ParagraphSpacing", "RoundingRadius", "StripOnInput", "SpanMaxSize", "SpanMinSize",
        "AllowScriptLevelChange", "BoxBaselineShift", "BoxFrame", "BoxID", "BoxMargins", "ButtonBoxOptions", "CacheGraphics",
        "CheckboxBoxOptions", "ColumnAlignments", "ColumnSpacings", "ColumnWidths", "DisplayFunction", "FrameBoxOptions",
        "GridBoxAlignment", "GridBoxDividers", "GridBoxItemSize", "GridBoxOptions", "GridBoxSpacings", "GridFrameMargins",
        "ImageSizeAction", "ImageSizeCache", "ImageSizeRaw", "InputFieldBoxOptions", "PaneSelectorBoxOptions", "PanelBoxOptions",
        "RowAlignments", "RowHeights", "RowSpacings", "StripBoxes", "TemplateBoxOptions",
    ),
    "an option of controls": (
        "Appearance", "AppearanceElements", "AutoAction", "AutoScroll", "AutoSubmitting", "ButtonData", "ButtonFunction", "ButtonNote",
        "ButtonSource", "ContinuousAction", "ControlPlacement", "ControlType", "Deinitialization", "Deployed", "Enabled", "FieldHint",
        "FieldHintStyle", "FieldSize", "LocalizeVariables", "LocatorAutoCreate", "MenuCommandKey", "MenuSortingValue", "PassEventsDown",
        "PassEventsUp", "PreserveImageOptions", "SaveDefinitions", "Scrollbars", "ScrollPosition", "SynchronousInitialization",
        "SynchronousUpdating", "TrackedSymbols", "UnsavedVariables", "UpdateInterval",
        "AnimationRate", "AnimationRepetitions", "AnimationRunning", "ButtonStyle", "ContentSelectable", "EventHandlerTag",
        "FieldMasked", "MenuAppearance", "MenuStyle", "MouseAppearanceTag", "RefreshRate", "ScrollingOptions", "TooltipDelay",
        "TooltipStyle",
    ),
    "a part of graphics, notebooks or boxes as a notebook keeps them": (
        "ActionMenuBox", "AnimatorBox", "ArrowBox", "BoxObject", "CellGroup", "CellObject", "CheckboxBox", "CircleBox", "CounterBox",
        "DiskBox", "DynamicBox", "DynamicModuleBox", "ErrorBox", "FrontEndObject", "FrontEndToken", "GraphicsBox",
        "GraphicsComplexBox", "GraphicsGroupBox", "GraphicsGridBox", "Graphics3DBox", "InputFieldBox", "InsetBox", "ItemBox", "LineBox",
        "NotebookObject", "OpenerBox", "OverlayBox", "PaneBox", "PaneSelectorBox", "PanelBox", "PointBox", "PolygonBox", "PopupMenuBox",
        "RadioButtonBox", "RasterBox", "RectangleBox", "SetterBox", "SliderBox", "StyleData", "TabViewBox", "TextCell", "ExpressionCell",
        "DialogNotebook", "DocumentNotebook", "PaletteNotebook", "AdjustmentBox", "RotationBox",
        "TogglerBox", "BezierCurveBox", "FilledCurveBox", "CellContents", "FrontEndResource", "ParentList", "$FrontEndSession",
    ),
    "a control": (
        "ActionMenu", "Animator", "Checkbox", "CheckboxBar", "CancelButton", "ClickToCopy", "ColorSetter", "ColorSlider", "DefaultButton",
        "FileNameSetter", "FlipView", "InputField", "Locator", "LocatorPane", "Manipulator", "MenuView", "Opener", "OpenerView",
        "PaneSelector", "PopupMenu", "PopupView", "PopupWindow", "ProgressIndicator", "RadioButton", "RadioButtonBar", "Setter",
        "SetterBar", "SlideView", "Slider", "Slider2D", "TabView", "Toggler", "TogglerBar", "Trigger", "VerticalSlider",
        "ButtonBar", "ChoiceButtons", "Delimiter", "GalleryView", "IntervalSlider", "ListPicker", "MenuItem",
    ),
    "what kernels, programs and their libraries say to each other": (
        "BeginDialogPacket", "CallPacket", "EndDialogPacket", "EnterExpressionPacket", "EnterTextPacket", "ExportPacket",
        "GetBoundingBoxSizePacket", "LibraryDataType", "LibraryFunction", "LibraryFunctionError", "LinkMode", "LinkObject",
        "LinkProtocol", "MenuPacket", "MessagePacket", "ReturnPacket", "ReturnTextPacket", "TextPacket",
    ),
    "what servers know or do": (
        "APIFunction", "CloudExpression", "Entity", "EntityClass", "EntityProperty", "EntityStore", "FormFunction", "FormObject",
        "FormPage", "GeoBackground", "GeoMarker", "GeoPosition", "HTTPRedirect", "HandlerFunctions", "HandlerFunctionsKeys",
    ),
    "a name that descriptions of paclets and cells use": (
        "Evaluator", "Initialization", "Language", "MetaInformation", "Permissions", "Version",
    ),
    "the value of an option": (
        "Active", "Anonymous", "Baseline", "Closed", "Debug", "Empty", "Generic", "Hermitian", "Manual", "Normalized", "Symmetric",
        "Verbose", "Open", "Smaller", "Larger", "Undefined", "Vertical", "Horizontal",
    ),
}  # fmt: skip


def declare(name: str, what: str) -> None:
    def stands_for_itself() -> None:
        pass

    stands_for_itself.__doc__ = (
        f"{name} is {what}; here it stands for itself.\n\nExamples:\n    >> {name}\n    = {name}\n"
    )
    constant(name, category="Elsewhere")(stands_for_itself)


for _what, _names in NAMES.items():
    for _name in _names:
        declare(_name, _what)
