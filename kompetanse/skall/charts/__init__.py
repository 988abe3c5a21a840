"""Pictures drawn on the server, the same on the page and on paper: docs/documents.md."""

from kompetanse.skall.charts.bars import Bar, bars
from kompetanse.skall.charts.budget import budget_bar
from kompetanse.skall.charts.change import Change, change
from kompetanse.skall.charts.chart import Chart
from kompetanse.skall.charts.heatmap import Cell, Level, heatmap
from kompetanse.skall.charts.line import Point, line
from kompetanse.skall.charts.segments import Segment, State
from kompetanse.skall.charts.wheel import wheel

__all__ = [
    "Bar",
    "Cell",
    "Change",
    "Chart",
    "Level",
    "Point",
    "Segment",
    "State",
    "bars",
    "budget_bar",
    "change",
    "heatmap",
    "line",
    "wheel",
]
