import { area } from './words.ts';

/** The page around the views. */
export const english = {
  title: '{place} · Chalkgrad',
  explore: 'Explore',
  lessons: 'Lessons',
  practice: 'Practice',
  neuron: 'Neuron',
  network: 'Network',
  rules: 'Rules',
  embed: 'Embed',
  places: 'Places',
  skip: 'Skip to the page',
  switch: 'Switch to ',
  board: 'Board',
  paper: 'Paper',
  layouts: 'Layout of Jacobians',
  numerator: 'Numerator layout',
  denominator: 'Denominator layout',
  mixed: 'Mixed layout',
  nowhere: 'There is no such page',
  leads: 'The address leads nowhere here. {link}.',
  goexplore: 'Go to Explore',
  failed: 'This page did not load',
  reload: 'A part of it could not be fetched. Check the connection and load the page again.',
} as const;

export const { say, saying } = area('page', english);
