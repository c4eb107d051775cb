// brain.js: one sample a step, which is all it does. Its last layer has the activation too.
import brain from 'brain.js';

export const name = 'brain.js (batch 1)';

export function open({ layers, activation, rate }, data) {
  const network = new brain.NeuralNetwork({
    inputSize: layers[0],
    hiddenLayers: layers.slice(1, -1),
    outputSize: 1,
    activation,
    learningRate: rate,
  });
  // Its own check refuses 0.
  network.trainOpts.momentum = 0;
  network.sizes = layers;
  network.initialize();
  network.setActivation(activation);
  const samples = data.X.map((x, k) => ({ input: Float32Array.from(x), output: Float32Array.of(data.y[k]) }));
  let place = 0;
  return {
    run: count => {
      for (let k = 0; k < count; k += 1) {
        network.trainPattern(samples[place]);
        place = (place + 1) % samples.length;
      }
    },
    loss: () =>
      samples.reduce((sum, { input, output }) => sum + (network.runInput(input)[0] - output[0]) ** 2, 0) /
      samples.length,
  };
}
