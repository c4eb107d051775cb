// ConvNetJS: its own trainer, which counts samples into minibatches.
import convnetjs from 'convnetjs';

export const name = 'ConvNetJS';

export function open({ layers, activation, batch, rate }, data) {
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: layers[0] },
    ...layers.slice(1, -1).map(units => ({ type: 'fc', num_neurons: units, activation })),
    { type: 'regression', num_neurons: 1 },
  ]);
  // Its loss is half a square and its gradient is divided by the batch: twice the rate is the same step.
  const trainer = new convnetjs.SGDTrainer(net, {
    learning_rate: 2 * rate,
    momentum: 0,
    batch_size: batch,
    l2_decay: 0,
    l1_decay: 0,
  });
  const volumes = data.X.map(x => {
    const volume = new convnetjs.Vol(1, 1, x.length);
    volume.w.set(x);
    return volume;
  });
  const targets = data.y.map(y => [y]);
  let place = 0;
  return {
    run: samples => {
      for (let k = 0; k < samples; k += 1) {
        trainer.train(volumes[place], targets[place]);
        place = (place + 1) % volumes.length;
      }
    },
    loss: () => volumes.reduce((sum, v, k) => sum + (net.forward(v).w[0] - data.y[k]) ** 2, 0) / volumes.length,
  };
}
