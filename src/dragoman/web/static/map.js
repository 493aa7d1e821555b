// The signed network on the globe's map. The table below the map holds the same.
"use strict";

(() => {
  const WIDTH = 900;
  const HEIGHT = 460;
  const SIGNS = { good: "+", bad: "−", between: "·" };
  let shapes = null;

  const draw = async (box) => {
    if (box.dataset.drawn) return;
    box.dataset.drawn = "yes";
    shapes = shapes || fetch(box.dataset.shapes).then((answer) => answer.json());
    const [world, found] = await Promise.all([
      shapes,
      fetch(box.dataset.src).then((answer) => answer.json()),
    ]);
    const land = topojson.feature(world, world.objects.countries);
    const projection = d3.geoNaturalEarth1().fitSize([WIDTH, HEIGHT], { type: "Sphere" });
    const path = d3.geoPath(projection);
    const svg = d3
      .select(box)
      .append("svg")
      .attr("viewBox", `0 0 ${WIDTH} ${HEIGHT}`)
      .attr("role", "img")
      .attr("aria-label", `States and how they stand on ${found.on}; the table below holds the same.`);
    const all = svg.append("g");
    all.append("g").selectAll("path").data(land.features).join("path").attr("class", "land").attr("d", path);

    const nodes = new Map();
    for (const node of found.nodes) {
      const place = node.lon === null ? null : projection([node.lon, node.lat]);
      if (place) nodes.set(node.code, { ...node, px: place[0], py: place[1] });
    }
    const edges = found.rows.filter((row) => nodes.has(row.a) && nodes.has(row.b));
    const link = all
      .append("g")
      .selectAll("a")
      .data(edges)
      .join("a")
      .attr("href", (row) => `/pair/${row.a}/${row.b}`)
      .append("g")
      .attr("class", (row) => `edge ${row.sign}`);
    link
      .append("title")
      .text((row) => `${nodes.get(row.a).name} and ${nodes.get(row.b).name}: ${row.score} (${row.happenings} happenings)`);
    link
      .append("line")
      .attr("x1", (row) => nodes.get(row.a).px)
      .attr("y1", (row) => nodes.get(row.a).py)
      .attr("x2", (row) => nodes.get(row.b).px)
      .attr("y2", (row) => nodes.get(row.b).py);
    link
      .append("text")
      .attr("x", (row) => (nodes.get(row.a).px + nodes.get(row.b).px) / 2)
      .attr("y", (row) => (nodes.get(row.a).py + nodes.get(row.b).py) / 2)
      .text((row) => SIGNS[row.sign]);
    const dot = all
      .append("g")
      .selectAll("a")
      .data([...nodes.values()])
      .join("a")
      .attr("href", (node) => `/actor/${node.code}`)
      .append("g")
      .attr("class", (node) => `node camp${node.camp}`);
    dot.append("circle").attr("cx", (node) => node.px).attr("cy", (node) => node.py);
    dot.append("text").attr("x", (node) => node.px).text((node) => node.name);
    dot.append("title").text((node) => node.name);

    // Lines, dots and names keep their size however near one looks.
    const scale = (k) => {
      all.selectAll(".edge line").attr("stroke-width", (row) => Math.min(6, 1.5 + row.happenings / 2) / k);
      all.selectAll(".edge.bad line").attr("stroke-dasharray", `${8 / k} ${5 / k}`);
      all.selectAll(".edge text").style("font-size", `${14 / k}px`).style("stroke-width", `${4 / k}px`);
      all.selectAll(".node circle").attr("r", 5 / k).attr("stroke-width", 1.5 / k);
      all.selectAll(".node text").attr("y", (node) => node.py - 8 / k).style("font-size", `${12 / k}px`).style("stroke-width", `${3 / k}px`);
      // A name that would cover another one waits until one looks nearer; its dot stays.
      const taken = [];
      all.selectAll(".node text").style("display", (node) => {
        const [w, h] = [(node.name.length * 7) / k, 15 / k];
        const box = [node.px - w / 2, node.px + w / 2, node.py - 8 / k - h, node.py - 8 / k];
        const free = taken.every((one) => box[1] < one[0] || box[0] > one[1] || box[3] < one[2] || box[2] > one[3]);
        if (free) taken.push(box);
        return free ? null : "none";
      });
    };
    const zoom = d3.zoom().scaleExtent([1, 40]).translateExtent([[0, 0], [WIDTH, HEIGHT]]);
    zoom.on("zoom", ({ transform }) => {
      all.attr("transform", transform);
      scale(transform.k);
    });
    svg.call(zoom);
    scale(1);
    // Begin near those states that are there.
    if (nodes.size) {
      const xs = [...nodes.values()].map((node) => node.px);
      const ys = [...nodes.values()].map((node) => node.py);
      const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      const k = Math.max(1, Math.min(12, 0.8 / Math.max((right - left) / WIDTH, (bottom - top) / HEIGHT, 0.05)));
      const middle = d3.zoomIdentity.translate(WIDTH / 2, HEIGHT / 2).scale(k).translate(-(left + right) / 2, -(top + bottom) / 2);
      svg.call(zoom.transform, middle);
    }
  };

  const start = () => {
    const box = document.getElementById("map");
    if (box) draw(box);
  };
  start();
  document.addEventListener("htmx:load", start);
})();
