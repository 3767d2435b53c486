"""NetTrain and NetMeasurements in the language: data, options, reports and results as terms."""
