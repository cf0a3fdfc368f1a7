/** The parts of the library that charts are drawn with, and no others: it draws SVG, on a page and without one. */
import { BarChart, CustomChart, GraphChart, LineChart, PieChart, ScatterChart, TreemapChart } from 'echarts/charts';
import {
  AriaComponent,
  BrushComponent,
  DataZoomInsideComponent,
  DataZoomSliderComponent,
  GridComponent,
  LegendComponent,
  TitleComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, CustomChart, GraphChart, LineChart, PieChart, ScatterChart, TreemapChart]);
use([AriaComponent, BrushComponent, DataZoomInsideComponent, DataZoomSliderComponent]);
use([GridComponent, LegendComponent, TitleComponent, TooltipComponent, SVGRenderer]);

export { init };
export type { EChartsType } from 'echarts/core';
