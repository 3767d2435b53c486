(* Basic Examples *)

NetInsertSharedArrays[LinearLayer[2, "Input" -> 2]]

NetInsertSharedArrays[LinearLayer[2, "Input" -> 2], "Linear/"]

NetInsertSharedArrays[NetChain[{2, Ramp, 3}]]

lstm = NetInsertSharedArrays[LongShortTermMemoryLayer[5, "Input" -> {"Varying", 3}]]

NetGraph[<|"lstm1" -> lstm, "lstm2" -> lstm, "last1" -> SequenceLastLayer[], "last2" -> SequenceLastLayer[], "cat" -> CatenateLayer[]|>, {NetPort["A"] -> "lstm1" -> "last1" -> "cat",
NetPort["B"] -> "lstm2" -> "last2" -> "cat"}]

(* Properties & Relations *)

layer = NetInsertSharedArrays[LinearLayer[2, "Input" -> 2]]

net = NetInitialize[NetChain[{layer, Ramp, layer}]]

NetExtract[net, {{1, "Weights"}, {3, "Weights"}}]//Map[Normal]

NetExtract[net, NetSharedArray["Weights"]]//Normal

Information[{net, layer}, "ArraysTotalSize"]

(* Possible Issues *)

sharedBatchNorm = NetInsertSharedArrays[BatchNormalizationLayer[]]

net = NetTrain[NetChain[{2, sharedBatchNorm, 2, sharedBatchNorm, 2}], {{0, 1} -> {1, 0}, {1, 0} -> {0, 1}}]

{batchnorm1, batchnorm2} = NetExtract[net, {{2}, {4}}]

Normal /@ Information[batchnorm1, "Arrays"]

Normal /@ Information[batchnorm2, "Arrays"]
