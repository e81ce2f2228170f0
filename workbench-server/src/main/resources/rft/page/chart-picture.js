import uPlot from './vendor/uplot.js';
import { ink } from './chart-plot.js';

const HEAD = 44;

/** A chart with its heading and the names of its lines, as a PNG. @returns {Promise<Blob>} */
export function picture(plot, { heading, lines, hidden }) {
  const from = plot.ctx.canvas;
  const unit = uPlot.pxRatio;
  const canvas = document.createElement('canvas');
  canvas.width = from.width;
  canvas.height = from.height + HEAD * unit;
  const ctx = canvas.getContext('2d');
  ctx.fillStyle = ink('panel');
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(from, 0, HEAD * unit);
  ctx.scale(unit, unit);
  ctx.fillStyle = ink('text');
  ctx.font = '600 13px system-ui, sans-serif';
  ctx.fillText(heading, 10, 17);
  ctx.font = '11px system-ui, sans-serif';
  let x = 10;
  for (const line of lines.filter((each) => !hidden.has(each.label))) {
    ctx.strokeStyle = ink(`series-${line.color}`);
    ctx.lineWidth = 2.5;
    ctx.setLineDash(line.dash ?? []);
    ctx.beginPath();
    ctx.moveTo(x, 31.5);
    ctx.lineTo(x + 18, 31.5);
    ctx.stroke();
    ctx.fillStyle = ink('text');
    ctx.fillText(line.label, x + 23, 35);
    x += ctx.measureText(line.label).width + 38;
  }
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
