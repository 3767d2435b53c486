(* Basic Examples *)

net = NetInitialize@NetChain[{
LinearLayer[2, "Weights" -> NetArray["W"]],
Ramp,
LinearLayer[2, "Weights" -> NetArray["W"]]
}]

NetExtract[net, {1, "Weights"}]

NetExtract[net, {3, "Weights"}]

(* Scope *)

FunctionLayer[Function[# + NetArray[]], "Input" -> 2]

plusArray = FunctionLayer[Function[# + NetArray[<|"Dimensions" -> 2|>]], "Input" -> 2]

inizialized = NetInitialize[plusArray]

inizialized[{3, 4}]

NetGraph[inizialized]

Normal@NetExtract[inizialized, {"Net", 1, "Array"}]

plusArray = FunctionLayer[Function[# + NetArray[{1, 2}]], "Input" -> 2]

plusArray[{3, 4}]

Normal@NetExtract[plusArray, {"Net", "1", "Array"}]

(* Properties & Relations *)

net = NetInitialize@NetChain[{LinearLayer[2, "Weights" -> NetArray["W"]], Ramp, LinearLayer[2, "Weights" -> NetArray["W"]]}]

NetExtract[net, NetArray[All]]

net = NetInitialize@NetChain[{LinearLayer[2, "Weights" -> NetArray["W"]], Ramp, LinearLayer[2, "Weights" -> NetArray["W"]]}]

Information[net, "Arrays"]
