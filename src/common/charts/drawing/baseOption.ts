import type { EChartsOption } from 'echarts';
import type { ChartHead } from '../chartModel';
import type { ChartLook } from './look';

/** What all charts have. */
export function baseOption(head: ChartHead, look: ChartLook): EChartsOption {
  const notes = notesOf(head, look);
  return {
    animation: false,
    color: [...look.palette],
    textStyle: { fontFamily: look.font, color: look.foreground },
    aria: { enabled: look.patterns, label: { enabled: false }, decal: { show: look.patterns } },
    ...(head.title === undefined && notes === ''
      ? {}
      : {
          title: {
            text: head.title ?? '',
            subtext: notes,
            itemGap: 4,
            subtextStyle: { color: look.quiet, fontSize: 10, width: look.width - 40, overflow: 'truncate' },
            left: 'center',
            top: 6,
            textStyle: { color: look.foreground, fontSize: 13, fontWeight: 600, width: look.width - 40, overflow: 'truncate' },
          },
        }),
  };
}

/** On paper there is no other place for what readers have to know. */
function notesOf({ remarks }: ChartHead, { interactive }: ChartLook): string {
  return interactive ? '' : remarks.join(' ');
}

/** Pixels that the title and the notes take above the drawing. */
export function headHeight(head: ChartHead, look: ChartLook): number {
  return (head.title === undefined ? 0 : 26) + (notesOf(head, look) === '' ? 0 : 16);
}

/** Labels of a time axis: the day where one begins, the time elsewhere. */
export const timeLabels = {
  year: '{yyyy}',
  month: '{MMM} {d}',
  day: '{MMM} {d}',
  hour: '{HH}:{mm}',
  minute: '{HH}:{mm}',
  second: '{HH}:{mm}:{ss}',
  millisecond: '{HH}:{mm}:{ss}.{SSS}',
} as const;

export function legendOption(look: ChartLook): EChartsOption {
  return {
    legend: {
      type: 'scroll',
      bottom: 2,
      left: 'center',
      width: look.width - 60,
      icon: 'roundRect',
      itemWidth: 10,
      itemHeight: 10,
      itemGap: 14,
      textStyle: { color: look.foreground, fontSize: 11, width: 170, overflow: 'truncate' },
      inactiveColor: look.line,
      pageTextStyle: { color: look.quiet },
      pageIconColor: look.foreground,
      pageIconInactiveColor: look.line,
      pageIconSize: 11,
    },
  };
}
