/** The chart of a result: a bundle of its own, loaded when its tab is first opened. */
import { adoptStyles } from '../adoptStyles';
import controlsCss from '../controls.css';
import type { LateTab } from '../resultTab';
import css from './chart.css';
import { ChartView } from './chartView';

export const open: LateTab['open'] = async (container, context) => {
  adoptStyles(controlsCss);
  adoptStyles(css);
  const view = new ChartView(container, context);
  await view.start();
  return view;
};
