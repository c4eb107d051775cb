// synaptic: one sample a step, which is all it does.
import synaptic from 'synaptic';

export const name = 'synaptic (batch 1)';

export function open({ layers, activation, rate }, data) {
  const { Layer, Network, Neuron } = synaptic;
  const squash = activation === 'tanh' ? Neuron.squash.TANH : Neuron.squash.RELU;
  const all = layers.map(units => new Layer(units));
  all.slice(1).forEach((layer, at) => {
    const isLast = at === all.length - 2;
    layer.set({
      squash: isLast && layers.length > 2 ? Neuron.squash.IDENTITY : squash,
      bias: layers.length === 2 ? 1.5 : 0,
    });
    all[at].project(layer);
  });
  const network = new Network({ input: all[0], hidden: all.slice(1, -1), output: all[all.length - 1] });
  let place = 0;
  return {
    run: samples => {
      for (let k = 0; k < samples; k += 1) {
        network.activate(data.X[place]);
        network.propagate(2 * rate, [data.y[place]]);
        place = (place + 1) % data.y.length;
      }
    },
    loss: () => data.X.reduce((sum, x, k) => sum + (network.activate(x)[0] - data.y[k]) ** 2, 0) / data.y.length,
  };
}
