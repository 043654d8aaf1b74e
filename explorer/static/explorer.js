/* Made by `make view` from explorer/view/. Parts of D3 are in it:

Copyright 2010-2026 Mike Bostock

Permission to use, copy, modify, and/or distribute this software for any purpose
with or without fee is hereby granted, provided that the above copyright notice
and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH
REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND
FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS
OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER
TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.
*/
function C(t,e,n=[]){for(let[r,o]of Object.entries(e))r.startsWith("on")?t.addEventListener(r.slice(2),o):o===
!0?t.setAttribute(r,""):o!==!1&&o!=null&&t.setAttribute(r,o);return t.append(...n),t}var d=(t,e={},...n)=>C(document.
createElement(t),e,n),g=(t,e={},...n)=>C(document.createElementNS("http://www.w3.org/2000/svg",t),e,n),M=(t,...e)=>d(
"div",{class:t},...e),k=(t,...e)=>d("span",{class:t},...e),E=(t,e,n={})=>d("button",{type:"button",onclick:e,...n},
t),le=t=>g("svg",{viewBox:"0 0 16 16","aria-hidden":"true"},g("path",{d:t})),F=(t,e,n,r,o={})=>g("text",{x:t,y:e,
"text-anchor":n,...o},r),wt=t=>({nodes:t.flatMap(e=>e.nodes),draw:e=>t.forEach(n=>n.draw(e))});function x(){let t=null;
return(...e)=>{let n=t?.length===e.length&&e.every((r,o)=>Object.is(r,t[o]));return t=e,!n}}var vn=0,G=()=>`em\
-${vn+=1}-${Math.random().toString(36).slice(2)}`,w=(t,e)=>t.textContent===e||(t.textContent=e),T=(t,e)=>t.setAttribute(
"aria-disabled",String(!e)),Y=(t,e)=>t.setAttribute("aria-pressed",String(e));function kt(t,e,n){(t.options.length!==
e.length||e.some((r,o)=>t.options[o].text!==r))&&t.replaceChildren(...e.map((r,o)=>d("option",{value:o},r))),t.
value=n}function vt(t,e,n){let r=window.devicePixelRatio||1;t.width=Math.round(e*r),t.height=Math.round(n*r);let o=t.
getContext("2d");return o.setTransform(r,0,0,r,0,0),o}function Q(t,[e,n],r){(t.width!==n||t.height!==e)&&Object.
assign(t,{width:n,height:e});let o=t.getContext("2d"),i=o.createImageData(n,e);i.data.fill(255);for(let a=0;a<
e*n;a++)i.data.set(r(a),4*a);o.putImageData(i,0,0)}function U(t,{clientX:e,clientY:n}){let r=t.getBoundingClientRect();
return[e-r.left,n-r.top]}function de({act:t}){let e=d("div",{class:"em-scenes",role:"group","aria-label":"Scenes"}),n=d("p",{class:"em-\
told"}),r=x();return{nodes:[e,n],draw(o){let i=o.scenes.map(a=>a.name);e.hidden=i.length<2,r(i.join(`
`))&&e.replaceChildren(...i.map((a,s)=>E(a,()=>t.goScene(s)))),[...e.children].forEach((a,s)=>Y(a,s===o.at.scene)),
w(n,o.scene.told??""),n.hidden=!o.scene.told}}}var fe={first:"M3 3h2v10H3zM13 3v10L6 8z",back:"M11 3v10L4 8z",
play:"M4 2l10 6-10 6z",pause:"M4 2h3v12H4zM9 2h3v12H9z",on:"M5 3l7 5-7 5z",last:"M11 3h2v10h-2zM3 3l7 5-7 5z"},
ct={slow:1400,medium:700,fast:250,"very fast":80};function he(t){let{nodes:e,draw:n}=wt([$n(t),En(t),An(t)]);return{
nodes:[d("div",{class:"em-bar",role:"group","aria-label":"Playing"},...e)],draw:n}}function $n({act:t,view:e}){
let n=(u,c,f)=>E(le(fe[u]),f,{class:"em-icon",title:c,"aria-label":c}),r=n("first","To the start (Home)",()=>t.
step(-1/0)),o=n("back","Half a step back (Left)",()=>t.step(-1)),i=n("play","Play (Space)",()=>t.toggle()),a=n(
"on","Half a step on (Right)",()=>t.step(1)),s=n("last","To the end (End)",()=>t.step(1/0));return{nodes:[M("e\
m-buttons",r,o,i,a,s)],draw({at:u,last:c}){let f=!e.gated;[r,o].forEach(m=>T(m,f&&u.frame>0)),[a,s].forEach(m=>T(
m,f&&(u.frame<c||e.moved))),T(i,f&&(c>0||e.moved));let l=e.playing?"Pause (Space)":"Play (Space)";C(i,{title:l,
"aria-label":l}),i.querySelector("path").setAttribute("d",fe[e.playing?"pause":"play"])}}}function En({act:t,view:e}){
let r=d("input",{type:"range",min:0,step:1,"aria-label":"Half-steps",oninput:()=>t.step(+r.value-r.dataset.at)}),
o=g("svg",{class:"em-ticks",preserveAspectRatio:"none","aria-hidden":"true"}),i=x();return{nodes:[M("em-scrub",
r,o)],draw({at:a,last:s,frame:u,run:c}){Object.assign(r,{max:s,value:a.frame,disabled:e.gated}),r.dataset.at=a.
frame,r.setAttribute("aria-valuetext",`iteration ${u.iteration}, ${Nn[u.half]}`),i(c)&&Sn(o,c)}}}var Nn={start:"\
start",E:"after E",M:"after M"};function Sn(t,e){let n=Math.max(1,e.frames.length-1),r=Math.ceil(n/120),o=({laws:s},u)=>s.
some(c=>c.ok===!1)||e.error&&u===n,i=s=>Math.floor(s/2)%r===0,a=(s,u,c)=>{let f=e.frames.map((l,m)=>c(l,m)?`M${m}\
,0V${u}`:"").join("");return g("path",{class:s,d:f,"vector-effect":"non-scaling-stroke"})};t.setAttribute("vie\
wBox",`0 0 ${n} 10`),t.replaceChildren(a("em-tick-e",4,(s,u)=>s.half==="E"&&i(u)),a("em-tick-m",8,(s,u)=>s.half!==
"E"&&i(u)),a("em-tick-bad",10,o))}function An({act:t,view:e}){let n=d("select",{onchange:()=>t.setSpeed(ct[n.selectedOptions[0].
text])});kt(n,Object.keys(ct),Object.values(ct).indexOf(e.speed));let r=d("select",{onchange:()=>t.goRun(+r.value)}),
o=d("input",{type:"number",min:0,step:1,value:1}),i=()=>e.gated||t.ask({do:"seed",seed:Math.max(0,Math.round(+o.
value)||0)});o.addEventListener("keydown",c=>c.key==="Enter"&&i());let a=E("New start",i),s=d("label",{},"Run ",
r),u=k("em-pair",d("label",{},"Seed ",o),a);return{nodes:[M("em-settings",d("label",{},"Speed ",n),s,u)],draw({
scene:c,at:f}){kt(r,c.runs.map((l,m)=>`${m}: ${l.name}`),f.run),s.hidden=c.runs.length<2,u.hidden=!c.may_start,
T(a,!e.gated)}}}var me={points:["points change colour","components move"],pictures:["frames change colour","co\
mponents move"],digits:["digits change colour","images sharpen"]},On={E:'<circle cx="5" cy="10" r="3"/><circle\
 cx="12" cy="5" r="3" class="em-hollow"/><circle cx="19" cy="10" r="3"/>',M:'<ellipse cx="6" cy="8" rx="5" ry=\
"3.5" class="em-hollow em-dash"/><path d="M6 8h12M15 5l3 3-3 3" class="em-hollow"/>'};function pe({act:t}){let e=k(
"em-iteration"),n=["E","M"].map(u=>{let c=g("svg",{viewBox:"0 0 24 16"});return c.innerHTML=On[u],{letter:u,text:k(
""),node:k("em-half",c,d("b",{},u))}});n.forEach(({node:u,text:c})=>u.append(c));let r=d("span",{class:"em-pai\
r","aria-hidden":"true"},e,...n.map(u=>u.node)),o=u=>d("select",{onchange:c=>t.setPlane(u,+c.target.value)}),i=[
o(0),o(1)],a=k("em-pair",d("label",{},"Across ",i[0]),d("label",{},"Up ",i[1])),s=k("em-hint");return{nodes:[M(
"em-halves",r,a,s)],draw({scene:u,frame:c,plane:f,D:l}){let m=u.kind==="digits";w(e,c.half==="start"?"Start":`\
Iteration ${c.iteration}`),n.forEach(({letter:h,text:p,node:b},$)=>{w(p,(me[u.kind]??me.points)[$]),b.classList.
toggle("em-now",c.half===h)}),a.hidden=m||l<3,a.hidden||i.forEach((h,p)=>kt(h,u.axes,f[p])),w(s,!m&&t.mayMove()?
"Drag a mean to start elsewhere":"")}}}var Pn=Math.log(2*Math.PI),v=t=>t??NaN,S=(t,e,n)=>Math.min(Math.max(t,e),n),A=(t,e)=>Array.from({length:t},(n,r)=>e(
r));function Bt(t){let e=Math.max(...t);return Number.isFinite(e)?e+Math.log(t.reduce((n,r)=>n+Math.exp(r-e),0)):
e}function In(t){let e=t.map(()=>[]);for(let n=0;n<t.length;n++)for(let r=0;r<=n;r++){let o=v(t[n][r]);for(let i=0;i<
r;i++)o-=e[n][i]*e[r][i];if(n===r&&!(o>0&&o<1/0))return null;e[n][r]=n===r?Math.sqrt(o):o/e[r][r]}return e}function Ln(t,e,n){
let r=In(n);if(!r)return NaN;let o=[],i=t.length*Pn;for(let a=0;a<t.length;a++){let s=t[a]-v(e[a]);for(let u=0;u<
a;u++)s-=r[a][u]*o[u];o[a]=s/r[a][a],i+=o[a]**2+2*Math.log(r[a][a])}return-i/2}var ge=(t,e)=>e.weights.map((n,r)=>Math.
log(v(n))+Ln(t,e.means[r],e.covariances[r]));function $t(t,e,n,r=()=>!0){return e.map((o,i)=>{let a=Math.log(v(
o));for(let s=0;s<t.length;s++){let u=n[i*t.length+s];r(s)&&(a+=t[s]?Math.log(u):Math.log1p(-u))}return a})}function Et(t){
let e=Bt(t);return t.map(n=>Math.exp(n-e))}function ye(t,e,n,r){let o=t.length,i=a=>e.reduce((s,u,c)=>s+u*n[c*
o+a],0);return Float64Array.from(t,(a,s)=>r(s)?a:i(s))}function X(t){let e=-1;for(let n=0;n<t.length;n++)t[n]>
(e<0?0:t[e])&&(e=n);return e}function be([t,e,n],r,o){let[i,a,s]=[t*r*r,e*r*o,n*o*o];if(![i,a,s].every(Number.
isFinite))return null;let u=Math.hypot((i-s)/2,a),[c,f]=[(i+s)/2+u,(i+s)/2-u].map(l=>Math.sqrt(Math.max(l,0)));
return{rx:c,ry:f,angle:Math.atan2(2*a,i-s)*90/Math.PI}}var Ht=t=>[1,3,5].map(e=>parseInt(t.slice(e,e+2),16));function Nt(t,e,n=1){let r=[0,0,0];for(let o=0;o<t.length;o++)
for(let i=0;i<3;i++)r[i]+=n*t[o]*e[o%e.length][i];return`rgb(${r.map(o=>Math.round(S(o,0,255))).join(",")})`}function Me(t){
let e=i=>i<=.04045?i/12.92:((i+.055)/1.055)**2.4,[n,r,o]=t.map(i=>e(i/255));return .2126*n+.7152*r+.0722*o}function xe(t){
let n=(getComputedStyle(t).backgroundColor.match(/[\d.]+/g)??[255,255,255]).slice(0,3).map(Number),r=Me(n)<.2;
t.dataset.theme=r?"dark":"light";let o=getComputedStyle(t).getPropertyValue("--em-edge").trim();return r?{paper:n,
edge:o,ink:[236,236,236],guess:[255,176,92],unknown:"#8a8a8a"}:{paper:n,edge:o,ink:[28,28,28],guess:[158,70,0],
unknown:"#9a9a9a"}}var Wt=(t,e,n)=>t.map((r,o)=>r+(e[o]-r)*n),B=(t,e,n=t.ink)=>Wt(t.paper,n,S(e||0,0,1));var ut=(t,e,n)=>S(Math.round(t)||0,e,n),Cn=(t,e)=>t.frames.findLastIndex(({half:n},r)=>r<=e&&n==="E"),Vt=65535,
Kt=new WeakMap;function St(t,e){if(!t)return null;if(!Kt.has(t)){let n=t.byteOffset??0;Kt.set(t,new e((t.buffer??
t).slice(n,n+t.byteLength)))}return Kt.get(t)}var D=(t,e,n)=>t&&e>=0?t.subarray(e*n,(e+1)*n):null,_t=new WeakMap;
function we(t,e,n){if(!t||e<0)return null;_t.has(t)||_t.set(t,new Map);let r=_t.get(t);return r.has(e)||r.set(
e,D(t,e,n)),r.get(e)}function Gt(t){let e=Fn(t("scenes")??[],t("at")??{});if(!e)return null;let{N:n,K:r,D:o}=e.
scene;return{...e,N:n,K:r,D:o,...Tn(e,t("arrays")??{}),look:t("look"),colours:t("look").palette.map(Ht),plane:Rn(
t("plane"),o),point:ut(t("point")??-1,-1,n-1),ask:t("ask")??{},prediction:t("prediction"),outcome:t("outcome"),
seenEnd:t("seen_end"),trouble:t("trouble")}}function Fn(t,e){let n=ut(e.scene,0,t.length-1),r=t[n],o=ut(e.run,
0,(r?.runs.length??0)-1),i=r?.runs[o];if(!i?.frames.length)return null;let a=i.frames.length-1,s={scene:n,run:o,
frame:ut(e.frame,0,a)};return{scenes:t,scene:r,run:i,at:s,last:a,frame:i.frames[s.frame]}}function Tn({scene:{
N:t,K:e,D:n},run:r,at:o,frame:i},a){let s=`${o.scene}/${o.run}`,u=St(a[`${s}/resp`],Uint16Array),c=St(a[`${s}/\
params`],Float32Array),f=h=>we(c,r.frames[h].params??-1,e*n),l=Cn(r,o.frame),m=l<0?o.frame:l;return{points:St(
a[`${o.scene}/points`],Float32Array),bits:St(a[`${o.scene}/bits`],Uint8Array),tiles:a[`${o.scene}/tiles`],resp:i.
half==="start"?null:we(u,i.resp,t*e),params:f(o.frame),sourceParams:f(m),sourceFrame:r.frames[m]}}function Rn(t,e){
let[n,r]=(t??[0,1]).map(o=>ut(o,0,e-1));return n===r?[0,Math.min(1,e-1)]:[n,r]}function At(t,e){let n=D(t.resp,
e,t.K),r=n?.every(o=>o===0);return n&&Array.from(n,(o,i)=>r&&t.sourceFrame.counts[i]===null?NaN:o/Vt)}var J=(t,e)=>t.
scene.rows?.[e]??e,qn={points:"point",pictures:"picture",digits:"digit"},Z=t=>qn[t.scene.kind]??"point",tt=t=>t.
scene.kind==="digits"?Math.max(0,t.point):t.point;var lt=(t,e,n=1)=>A(t,r=>(e+360*r/t)*(Math.PI/180)).map(r=>[n*Math.cos(r),n*Math.sin(r)]),ke=[[1,3],[1,1],[3,1],
[3,-1],[1,-1],[1,-3],[-1,-3],[-1,-1],[-3,-1],[-3,1],[-1,1],[-1,3]].map(([t,e])=>[t*.37,e*.37]),Dn=t=>t.map(([e,
n])=>[(e-n)*Math.SQRT1_2,(e+n)*Math.SQRT1_2]),jn={s:lt(4,45,1.2),"^":lt(3,90,1.35),D:lt(4,90,1.25),v:lt(3,270,
1.35),P:ke,X:Dn(ke),p:lt(5,90,1.15)};function H(t,e){let n=jn[t];return n?`M${n.map(([r,o])=>`${(r*e).toFixed(
2)},${(-o*e).toFixed(2)}`).join("L")}z`:`M${-e},0a${e},${e} 0 1,0 ${2*e},0a${e},${e} 0 1,0 ${-2*e},0z`}var W=(t,e)=>t.
look.palette[e%t.look.palette.length],ft=(t,e)=>t.look.markers[e%t.look.markers.length],Yt=(t,e)=>A(t.K,n=>new Path2D(
H(ft(t,n),e))),mt=(t,e,n=14)=>g("svg",{class:"em-mark",viewBox:"-10 -10 20 20",width:n,height:n,"aria-hidden":"\
true"},g("path",{d:H(ft(t,e),6.5),fill:W(t,e)}));function dt(t,e,n){let r=`width:${(100*(n||0)).toFixed(2)}%;b\
ackground:${W(t,e)}`;return d("span",{class:"em-track","aria-hidden":"true"},d("span",{class:"em-fill",style:r}))}function zn(t){return Math.abs(t=Math.round(t))>=1e21?t.toLocaleString("en").replace(/,/g,""):t.toString(10)}function Pt(t,e){
if(!isFinite(t)||t===0)return null;var n=(t=e?t.toExponential(e-1):t.toExponential()).indexOf("e"),r=t.slice(0,
n);return[r.length>1?r[0]+r.slice(2):r,+t.slice(n+1)]}function et(t){return t=Pt(Math.abs(t)),t?t[1]:NaN}function Un(t,e){
return function(n,r){for(var o=n.length,i=[],a=0,s=t[0],u=0;o>0&&s>0&&(u+s+1>r&&(s=Math.max(1,r-u)),i.push(n.substring(
o-=s,o+s)),!((u+=s+1)>r));)s=t[a=(a+1)%t.length];return i.reverse().join(e)}}function Bn(t){return function(e){
return e.replace(/[0-9]/g,function(n){return t[+n]})}}var Hn=/^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-z%])?$/i;
function ht(t){if(!(e=Hn.exec(t)))throw new Error("invalid format: "+t);var e;return new Qt({fill:e[1],align:e[2],
sign:e[3],symbol:e[4],zero:e[5],width:e[6],comma:e[7],precision:e[8]&&e[8].slice(1),trim:e[9],type:e[10]})}ht.
prototype=Qt.prototype;function Qt(t){this.fill=t.fill===void 0?" ":t.fill+"",this.align=t.align===void 0?">":
t.align+"",this.sign=t.sign===void 0?"-":t.sign+"",this.symbol=t.symbol===void 0?"":t.symbol+"",this.zero=!!t.
zero,this.width=t.width===void 0?void 0:+t.width,this.comma=!!t.comma,this.precision=t.precision===void 0?void 0:
+t.precision,this.trim=!!t.trim,this.type=t.type===void 0?"":t.type+""}Qt.prototype.toString=function(){return this.
fill+this.align+this.sign+this.symbol+(this.zero?"0":"")+(this.width===void 0?"":Math.max(1,this.width|0))+(this.
comma?",":"")+(this.precision===void 0?"":"."+Math.max(0,this.precision|0))+(this.trim?"~":"")+this.type};function Wn(t){
t:for(var e=t.length,n=1,r=-1,o;n<e;++n)switch(t[n]){case".":r=o=n;break;case"0":r===0&&(r=n),o=n;break;default:
if(!+t[n])break t;r>0&&(r=0);break}return r>0?t.slice(0,r)+t.slice(o+1):t}var It;function Kn(t,e){var n=Pt(t,e);
if(!n)return It=void 0,t.toPrecision(e);var r=n[0],o=n[1],i=o-(It=Math.max(-8,Math.min(8,Math.floor(o/3)))*3)+
1,a=r.length;return i===a?r:i>a?r+new Array(i-a+1).join("0"):i>0?r.slice(0,i)+"."+r.slice(i):"0."+new Array(1-
i).join("0")+Pt(t,Math.max(0,e+i-1))[0]}function ve(t,e){var n=Pt(t,e);if(!n)return t+"";var r=n[0],o=n[1];return o<
0?"0."+new Array(-o).join("0")+r:r.length>o+1?r.slice(0,o+1)+"."+r.slice(o+1):r+new Array(o-r.length+2).join("\
0")}var $e={"%":(t,e)=>(t*100).toFixed(e),b:t=>Math.round(t).toString(2),c:t=>t+"",d:zn,e:(t,e)=>t.toExponential(
e),f:(t,e)=>t.toFixed(e),g:(t,e)=>t.toPrecision(e),o:t=>Math.round(t).toString(8),p:(t,e)=>ve(t*100,e),r:ve,s:Kn,
X:t=>Math.round(t).toString(16).toUpperCase(),x:t=>Math.round(t).toString(16)};function Ee(t){return t}var Ne=Array.
prototype.map,Se=["y","z","a","f","p","n","\xB5","m","","k","M","G","T","P","E","Z","Y"];function _n(t){var e=t.
grouping===void 0||t.thousands===void 0?Ee:Un(Ne.call(t.grouping,Number),t.thousands+""),n=t.currency===void 0?
"":t.currency[0]+"",r=t.currency===void 0?"":t.currency[1]+"",o=t.decimal===void 0?".":t.decimal+"",i=t.numerals===
void 0?Ee:Bn(Ne.call(t.numerals,String)),a=t.percent===void 0?"%":t.percent+"",s=t.minus===void 0?"\u2212":t.minus+
"",u=t.nan===void 0?"NaN":t.nan+"";function c(l,m){l=ht(l);var h=l.fill,p=l.align,b=l.sign,$=l.symbol,O=l.zero,
R=l.width,Ut=l.comma,j=l.precision,ae=l.trim,P=l.type;P==="n"?(Ut=!0,P="g"):$e[P]||(j===void 0&&(j=12),ae=!0,P=
"g"),(O||h==="0"&&p==="=")&&(O=!0,h="0",p="=");var xn=(m&&m.prefix!==void 0?m.prefix:"")+($==="$"?n:$==="#"&&/[boxX]/.
test(P)?"0"+P.toLowerCase():""),wn=($==="$"?r:/[%p]/.test(P)?a:"")+(m&&m.suffix!==void 0?m.suffix:""),se=$e[P],
kn=/[defgprs%]/.test(P);j=j===void 0?6:/[gprs]/.test(P)?Math.max(1,Math.min(21,j)):Math.max(0,Math.min(20,j));
function ce(y){var z=xn,I=wn,V,ue,bt;if(P==="c")I=se(y)+I,y="";else{y=+y;var Mt=y<0||1/y<0;if(y=isNaN(y)?u:se(
Math.abs(y),j),ae&&(y=Wn(y)),Mt&&+y==0&&b!=="+"&&(Mt=!1),z=(Mt?b==="("?b:s:b==="-"||b==="("?"":b)+z,I=(P==="s"&&
!isNaN(y)&&It!==void 0?Se[8+It/3]:"")+I+(Mt&&b==="("?")":""),kn){for(V=-1,ue=y.length;++V<ue;)if(bt=y.charCodeAt(
V),48>bt||bt>57){I=(bt===46?o+y.slice(V+1):y.slice(V))+I,y=y.slice(0,V);break}}}Ut&&!O&&(y=e(y,1/0));var xt=z.
length+y.length+I.length,q=xt<R?new Array(R-xt+1).join(h):"";switch(Ut&&O&&(y=e(q+y,q.length?R-I.length:1/0),q=
""),p){case"<":y=z+y+I+q;break;case"=":y=z+q+y+I;break;case"^":y=q.slice(0,xt=q.length>>1)+z+y+I+q.slice(xt);break;default:
y=q+z+y+I;break}return i(y)}return ce.toString=function(){return l+""},ce}function f(l,m){var h=Math.max(-8,Math.
min(8,Math.floor(et(m)/3)))*3,p=Math.pow(10,-h),b=c((l=ht(l),l.type="f",l),{suffix:Se[8+h/3]});return function($){
return b(p*$)}}return{format:c,formatPrefix:f}}var Ot,pt,Xt;Vn({thousands:",",grouping:[3],currency:["$",""]});
function Vn(t){return Ot=_n(t),pt=Ot.format,Xt=Ot.formatPrefix,Ot}function Ae(t){return Math.max(0,-et(Math.abs(
t)))}function Oe(t,e){return Math.max(0,Math.max(-8,Math.min(8,Math.floor(et(e)/3)))*3-et(Math.abs(t)))}function Pe(t,e){
return t=Math.abs(t),e=Math.abs(e)-t,Math.max(0,et(e)-et(t))+1}var Gn=t=>t.replace(/./g,e=>e==="-"?"\u207B":"\u2070\xB9\xB2\xB3\u2074\u2075\u2076\u2077\u2078\u2079"[e]),Ie=t=>t===
0?"":`\xB710${Gn(String(t))}`;function Le(t){let[e,n]=t.split("e");return`${e}${Number(e)===0?"":Ie(Number(n))}`}
var Yn=[0,1,2,3].map(t=>pt(`.${t}f`)),N=(t,e=1)=>Number.isFinite(t)?Yn[e](t):"not finite";function Jt(t){if(Number.
isNaN(t))return"NaN";if(!Number.isFinite(t))return t<0?"0":"infinite";let e=Math.floor(t/Math.LN10+1e-12);if(e>=
-3&&e<4)return Math.exp(t).toPrecision(4);let[n,r]=Math.exp(t-e*Math.LN10).toExponential(3).split("e");return`${n}${Ie(
e+Number(r))}`}var gt=24;function Ce(t){let e=[Qn(t),Xn(t)],n=M("em-panel",...e.flatMap(r=>r.nodes));return{nodes:[n],draw(r){
n.hidden=r.scene.kind!=="digits",n.dataset.half=r.frame.half,!n.hidden&&r.bits&&e.forEach(o=>o.draw(r))}}}function Qn({
view:t}){let e=d("ul",{class:"em-images"}),n=(a,s)=>k("em-caption",mt(a,s),` ${s} `,dt(a,s,0),k("em-num")),r=(a,s)=>d(
"li",{},d("canvas",{role:"img"}),n(a,s)),o={list:x(),values:x()};function i(a,s,u){let c=v(a.frame.weights[u]);
Q(s.firstChild,a.scene.shape,f=>B(t.theme,a.params?.[u*a.D+f])),s.firstChild.setAttribute("aria-label",`Image \
of component ${u}, weight ${N(c,3)}`),s.querySelector(".em-fill").style.width=`${(100*c||0).toFixed(1)}%`,w(s.
querySelector(".em-num"),N(c,2))}return{nodes:[e],draw(a){o.list(a.at.scene,a.K)&&e.replaceChildren(...A(a.K,s=>r(
a,s))),o.values(a.params,a.frame,t.theme)&&[...e.children].forEach((s,u)=>i(a,s,u))}}}function Xn({act:t,view:e}){
let n=d("div",{class:"em-digits",role:"group","aria-label":"Digits to choose from"}),r=E("Other digits",()=>t.
nextDigits()),o={list:x(),colours:x()};function i(s,u){let c=d("canvas",{"aria-hidden":"true"}),f=D(s.bits,u,s.
D);return Q(c,s.scene.shape,l=>B(e.theme,f[l])),C(E(c,()=>t.setPoint(u),{"data-row":u}),{},[k("em-badge")])}function a(s,u){
let c=+u.dataset.row,f=At(s,c),l=f?X(f):-1;u.style.setProperty("--colour",l<0?"var(--line)":Nt(f,s.colours)),u.
lastChild.replaceChildren(...l<0?[]:[mt(s,l,12)]),u.setAttribute("aria-label",`Digit ${J(s,c)}${l<0?"":`, most\
ly component ${l}`}`)}return{nodes:[M("em-row em-head",d("b",{},"Digits"),r),n],draw(s){let u=e.page*gt%s.N,c=Math.
min(gt,s.N-u),f=o.list(s.bits,u,e.theme);f&&n.replaceChildren(...A(c,l=>i(s,u+l))),(o.colours(s.resp)||f)&&[...n.
children].forEach(l=>a(s,l)),[...n.children].forEach(l=>Y(l,+l.dataset.row===tt(s))),r.hidden=s.N<=gt}}}var Jn=15e3,Fe=()=>({theme:null,gated:!1,later:!1,playing:!1,speed:ct.medium,hovered:-1,moved:null,playNext:!1,
silence:"",closeUp:!1,erased:new Set,page:0}),Zn=t=>({go(e){let{at:n,last:r}=t.now;t.view.gated||(t.view.moved&&
e>n.frame?t.act.start():S(e,0,r)!==n.frame&&t.put("at",{...n,frame:S(e,0,r)}))},step(e){t.act.stop(),t.act.go(
t.now.at.frame+e)},goRun(e){t.act.stop();let n=t.now.scene.runs[e].frames.length-1;t.put("at",{...t.now.at,run:e,
frame:Math.min(t.now.at.frame,n)})},goScene(e){t.act.stop(),t.put("point",-1),t.put("at",{scene:e,run:0,frame:0})}});
function tr(t){let e=0,{act:n,view:r}=t,o=()=>{n.go(t.now.at.frame+1),t.now.at.frame<t.now.last?e=setTimeout(o,
r.speed):n.pause()};return{play(){e=setTimeout(o,r.speed),t.change({playing:!0})},stop(){clearTimeout(e),r.playing=
!1},pause(){n.stop(),t.draw()},toggle(){if(!r.gated){if(r.playing)return n.pause();if(r.moved)return n.start(!0);
t.now.at.frame===t.now.last&&n.go(0),n.play()}},setSpeed:i=>{r.speed=i}}}function er(t){let e=0,{act:n,view:r}=t;
return{mayMove:()=>!!(t.now?.scene.may_start&&!r.gated),moveMean(o,[i,a]){n.stop();let s=(r.moved??t.now.frame.
means).map(u=>[...u]);[s[o][t.now.plane[0]],s[o][t.now.plane[1]]]=[i,a],t.change({moved:s})},putBack(){t.change(
{moved:null}),t.focus()},start(o=!1){if(!r.moved)return;r.playNext=o;let{run:i,frame:a}=t.now.at;n.ask({...a===
0?{do:"start"}:{do:"branch",run:i,frame:a},means:r.moved})},ask(o){n.stop(),n.answered();let i="No answer from\
 the kernel: run the cell again, then start from here.";e=setTimeout(()=>t.change({silence:i}),Jn),t.model.send(
{...o,scene:t.now.at.scene})},answered(){clearTimeout(e),t.change({silence:""})}}}var nr=t=>({predict(e){t.put(
"prediction",e),t.focus()},decideLater(){t.change({later:!0}),t.focus()},seeEnd:()=>t.put("seen_end",!0),hover:e=>e===
t.view.hovered||t.change({hovered:e}),setPoint(e){t.put("point",e>=0&&e<t.now.N?e:-1),t.change({hovered:-1,erased:new Set})},
setPlane(e,n){let r=[...t.now.plane];r[1-e]===n&&(r[1-e]=r[e]),r[e]=n,t.put("plane",r)},closeUp:()=>t.change({
closeUp:!t.view.closeUp}),nextDigits:()=>t.change({page:(t.view.page+1)%Math.ceil(t.now.N/gt)}),erase:e=>t.change(
{erased:new Set([...t.view.erased,...e])}),restore:()=>t.change({erased:new Set}),redraw:()=>t.draw()}),Te=t=>Object.
assign(t.act,Zn(t),tr(t),er(t),nr(t));function yt(t,e){return t==null||e==null?NaN:t<e?-1:t>e?1:t>=e?0:NaN}function rr(t,e){return t==null||e==null?
NaN:e<t?-1:e>t?1:e>=t?0:NaN}function Re(t){let e,n,r;t.length!==2?(e=yt,n=(s,u)=>yt(t(s),u),r=(s,u)=>t(s)-u):(e=
t===yt||t===rr?t:or,n=t,r=t);function o(s,u,c=0,f=s.length){if(c<f){if(e(u,u)!==0)return f;do{let l=c+f>>>1;n(
s[l],u)<0?c=l+1:f=l}while(c<f)}return c}function i(s,u,c=0,f=s.length){if(c<f){if(e(u,u)!==0)return f;do{let l=c+
f>>>1;n(s[l],u)<=0?c=l+1:f=l}while(c<f)}return c}function a(s,u,c=0,f=s.length){let l=o(s,u,c,f-1);return l>c&&
r(s[l-1],u)>-r(s[l],u)?l-1:l}return{left:o,center:a,right:i}}function or(){return 0}function ir(t){return t===
null?NaN:+t}var qe=Re(yt),De=qe.right,ei=qe.left,ni=Re(ir).center;var ri=je(ze),oi=je(ar);function je(t){return function(e,n,r=n){if(!((n=+n)>=0))throw new RangeError("invalid \
rx");if(!((r=+r)>=0))throw new RangeError("invalid ry");let{data:o,width:i,height:a}=e;if(!((i=Math.floor(i))>=
0))throw new RangeError("invalid width");if(!((a=Math.floor(a!==void 0?a:o.length/i))>=0))throw new RangeError(
"invalid height");if(!i||!a||!n&&!r)return e;let s=n&&t(n),u=r&&t(r),c=o.slice();return s&&u?(nt(s,c,o,i,a),nt(
s,o,c,i,a),nt(s,c,o,i,a),rt(u,o,c,i,a),rt(u,c,o,i,a),rt(u,o,c,i,a)):s?(nt(s,o,c,i,a),nt(s,c,o,i,a),nt(s,o,c,i,
a)):u&&(rt(u,o,c,i,a),rt(u,c,o,i,a),rt(u,o,c,i,a)),e}}function nt(t,e,n,r,o){for(let i=0,a=r*o;i<a;)t(e,n,i,i+=
r,1)}function rt(t,e,n,r,o){for(let i=0,a=r*o;i<r;++i)t(e,n,i,i+a,r)}function ar(t){let e=ze(t);return(n,r,o,i,a)=>{
o<<=2,i<<=2,a<<=2,e(n,r,o+0,i+0,a),e(n,r,o+1,i+1,a),e(n,r,o+2,i+2,a),e(n,r,o+3,i+3,a)}}function ze(t){let e=Math.
floor(t);if(e===t)return sr(t);let n=t-e,r=2*t+1;return(o,i,a,s,u)=>{if(!((s-=u)>=a))return;let c=e*i[a],f=u*e,
l=f+u;for(let m=a,h=a+f;m<h;m+=u)c+=i[Math.min(s,m)];for(let m=a,h=s;m<=h;m+=u)c+=i[Math.min(s,m+f)],o[m]=(c+n*
(i[Math.max(a,m-l)]+i[Math.min(s,m+l)]))/r,c-=i[Math.max(a,m-f)]}}function sr(t){let e=2*t+1;return(n,r,o,i,a)=>{
if(!((i-=a)>=o))return;let s=t*r[o],u=a*t;for(let c=o,f=o+u;c<f;c+=a)s+=r[Math.min(i,c)];for(let c=o,f=i;c<=f;c+=
a)s+=r[Math.min(i,c+u)],n[c]=s/e,s-=r[Math.max(o,c-u)]}}var cr=Array.prototype,ii=cr.slice;var ur=Math.sqrt(50),lr=Math.sqrt(10),fr=Math.sqrt(2);function Lt(t,e,n){let r=(e-t)/Math.max(0,n),o=Math.floor(
Math.log10(r)),i=r/Math.pow(10,o),a=i>=ur?10:i>=lr?5:i>=fr?2:1,s,u,c;return o<0?(c=Math.pow(10,-o)/a,s=Math.round(
t*c),u=Math.round(e*c),s/c<t&&++s,u/c>e&&--u,c=-c):(c=Math.pow(10,o)*a,s=Math.round(t/c),u=Math.round(e/c),s*c<
t&&++s,u*c>e&&--u),u<s&&.5<=n&&n<2?Lt(t,e,n*2):[s,u,c]}function Ue(t,e,n){if(e=+e,t=+t,n=+n,!(n>0))return[];if(t===
e)return[t];let r=e<t,[o,i,a]=r?Lt(e,t,n):Lt(t,e,n);if(!(i>=o))return[];let s=i-o+1,u=new Array(s);if(r)if(a<0)
for(let c=0;c<s;++c)u[c]=(i-c)/-a;else for(let c=0;c<s;++c)u[c]=(i-c)*a;else if(a<0)for(let c=0;c<s;++c)u[c]=(o+
c)/-a;else for(let c=0;c<s;++c)u[c]=(o+c)*a;return u}function Ct(t,e,n){return e=+e,t=+t,n=+n,Lt(t,e,n)[2]}function Be(t,e,n){
e=+e,t=+t,n=+n;let r=e<t,o=r?Ct(e,t,n):Ct(t,e,n);return(r?-1:1)*(o<0?1/-o:o)}var ai=mr(Math.random);function mr(t){return function(n,r=0,o=n.length){let i=o-(r=+r);for(;i;){let a=t()*i--|
0,s=n[i+r];n[i+r]=n[a+r],n[a+r]=s}return n}}var K=(t,e)=>n=>t*(1-n)+e*n;function dr(t,e){switch(arguments.length){case 0:break;case 1:this.range(t);break;default:this.range(e).domain(
t);break}return this}function hr(t){return function(){return t}}function pr(t){return+t}var He=[0,1];function ot(t){return t}function Zt(t,e){
return(e-=t=+t)?function(n){return(n-t)/e}:hr(isNaN(e)?NaN:.5)}function gr(t,e){var n;return t>e&&(n=t,t=e,e=n),
function(r){return Math.max(t,Math.min(e,r))}}function yr(t,e,n){var r=t[0],o=t[1],i=e[0],a=e[1];return o<r?(r=
Zt(o,r),i=n(a,i)):(r=Zt(r,o),i=n(i,a)),function(s){return i(r(s))}}function br(t,e,n){var r=Math.min(t.length,
e.length)-1,o=new Array(r),i=new Array(r),a=-1;for(t[r]<t[0]&&(t=t.slice().reverse(),e=e.slice().reverse());++a<
r;)o[a]=Zt(t[a],t[a+1]),i[a]=n(e[a],e[a+1]);return function(s){var u=De(t,s,1,r)-1;return i[u](o[u](s))}}function Mr(t,e){
return e.domain(t.domain()).range(t.range()).interpolate(t.interpolate()).clamp(t.clamp()).unknown(t.unknown())}
function xr(){var t=He,e=He,n=K,r,o,i,a=ot,s,u,c;function f(){var m=Math.min(t.length,e.length);return a!==ot&&
(a=gr(t[0],t[m-1])),s=m>2?br:yr,u=c=null,l}function l(m){return m==null||isNaN(m=+m)?i:(u||(u=s(t.map(r),e,n)))(
r(a(m)))}return l.invert=function(m){return a(o((c||(c=s(e,t.map(r),K)))(m)))},l.domain=function(m){return arguments.
length?(t=Array.from(m,pr),f()):t.slice()},l.range=function(m){return arguments.length?(e=Array.from(m),f()):e.
slice()},l.rangeRound=function(m){return e=Array.from(m),n=K,f()},l.clamp=function(m){return arguments.length?
(a=m?!0:ot,f()):a!==ot},l.interpolate=function(m){return arguments.length?(n=m,f()):n},l.unknown=function(m){return arguments.
length?(i=m,l):i},function(m,h){return r=m,o=h,f()}}function wr(){return xr()(ot,ot)}function kr(t,e,n,r){var o=Be(
t,e,n),i;switch(r=ht(r??",f"),r.type){case"s":{var a=Math.max(Math.abs(t),Math.abs(e));return r.precision==null&&
!isNaN(i=Oe(o,a))&&(r.precision=i),Xt(r,a)}case"":case"e":case"g":case"p":case"r":{r.precision==null&&!isNaN(i=
Pe(o,Math.max(Math.abs(t),Math.abs(e))))&&(r.precision=i-(r.type==="e"));break}case"f":case"%":{r.precision==null&&
!isNaN(i=Ae(o))&&(r.precision=i-(r.type==="%")*2);break}}return pt(r)}function vr(t){var e=t.domain;return t.ticks=
function(n){var r=e();return Ue(r[0],r[r.length-1],n??10)},t.tickFormat=function(n,r){var o=e();return kr(o[0],
o[o.length-1],n??10,r)},t.nice=function(n){n==null&&(n=10);var r=e(),o=0,i=r.length-1,a=r[o],s=r[i],u,c,f=10;for(s<
a&&(c=a,a=s,s=c,c=o,o=i,i=c);f-- >0;){if(c=Ct(a,s,n),c===u)return r[o]=a,r[i]=s,e(r);if(c>0)a=Math.floor(a/c)*
c,s=Math.ceil(s/c)*c;else if(c<0)a=Math.ceil(a*c)/c,s=Math.floor(s*c)/c;else break;u=c}return t},t}function te(){
var t=wr();return t.copy=function(){return Mr(t,te())},dr.apply(t,arguments),vr(t)}var it=(t,e)=>te(t,e).unknown(NaN);function Ft(t){let[[e,n],[r,o]]=[t.domain(),t.range()];return(o-r)/(n-e)}function at(t,e,n=!1){
let[r,o]=t.range(),i=Math.max(2,Math.round(Math.abs(o-r)/e)),a=t.ticks(i).filter(u=>!n||Number.isInteger(u)),s=n?
String:$r(t,i);return a.map(u=>({value:u,label:s(u)}))}function $r(t,e){let n=Math.max(...t.domain().map(Math.
abs));if(n>=.001&&n<1e6)return t.tickFormat(e,"f");let r=t.tickFormat(e,"~e");return o=>Le(r(o))}var Er=6,Tt=t=>Er*
Math.max(0,...t.map(({label:e})=>e.length));function Rt(t,e,n){let r=1/0,o=-1/0;for(let a=n;a<t.length;a+=e)t[a]<
r&&(r=t[a]),t[a]>o&&(o=t[a]);if(!(r<=o))return[0,1];let i=o>r?.08*(o-r):1;return[r-i,o+i]}function We(t){let[e,
n]=Rt(t.filter(Number.isFinite),1,0),r=1e-6*Math.max(1,Math.abs(e+n));return n-e>r?[e,n]:[(e+n)/2-1,(e+n)/2+1]}
function qt(t){let e="M",n="";for(let[r,o]of t){let i=Number.isFinite(r)&&Number.isFinite(o);i&&(n+=`${e}${r.toFixed(
1)},${o.toFixed(1)}`),e=i?"L":"M"}return n}var ee=220;function Ke({means:t,covariances:e},[n,r]){return{means:t.map(o=>[v(o?.[n]),v(o?.[r])]),covariances:e.
map(o=>[v(o?.[n]?.[n]),v(o?.[n]?.[r]),v(o?.[r]?.[r])])}}function Nr(t,e,n){let r=(o,i)=>i.map((a,s)=>o[s].every(
Number.isFinite)?Wt(o[s],a,n):a);return{means:r(t.means,e.means),covariances:r(t.covariances,e.covariances)}}function Sr(t,e){
let n=({means:r,covariances:o})=>[...r,...o].flat();return t?.means.length!==e.means.length?!1:n(t).some((r,o)=>!Object.
is(r,n(e)[o]))}function Ar(t){let e=null,n=0,r=o=>t(e=o);return{to(o,i){let a=n!==0;if(cancelAnimationFrame(n),
n=0,!i||a||!Sr(e,o))return r(o);let s=e,u=performance.now()-16,c=()=>{let f=S((performance.now()-u)/ee,0,1);n=
f<1?requestAnimationFrame(c):0,r(Nr(s,o,f*(2-f)))};c()},moving:()=>n!==0,stop:()=>cancelAnimationFrame(n)}}function Or(t,[
e,n],r,o,i){if(!t||!Number.isFinite(e+n))return"";let a=`cx="${e.toFixed(1)}" cy="${n.toFixed(1)}"`,s=`transfo\
rm="rotate(${t.angle.toFixed(1)} ${e.toFixed(1)} ${n.toFixed(1)})"`;return i.map(u=>{let[c,f]=[t.rx,t.ry].map(
m=>Math.max(1.5,u*m).toFixed(1)),l=`em-sigma${u}" ${a} rx="${c}" ry="${f}" ${s} style="--colour:${r}"/>`;return`\
<ellipse class="${o}-casing ${l}<ellipse class="${o} ${l}`}).join("")}function Pr(t,e){let n=t.run.frames.slice(
0,t.at.frame+1).filter(r=>r.half!=="E");return n.length<2?"":t.frame.means.map((r,o)=>{let i=qt(n.map(a=>e(t.plane.
map(s=>v(a.means[o]?.[s])))));return`<path class="em-trail-casing" d="${i}"/><path class="em-trail" d="${i}" s\
tyle="--colour:${W(t,o)}"/>`}).join("")}function Ir(t,e,{X:n,Y:r},o){let i=([f,l])=>[n(f),r(l)],[a,s]=[n,r].map(
Ft),u=({means:f,covariances:l},m,h)=>f.map((p,b)=>Or(be(l[b],a,s),i(p),W(t,b),m,h)).join(""),c=t.frame.half===
"M"&&!o?Ke(t.run.frames[t.at.frame-1],t.plane):null;return Pr(t,i)+(c?u(c,"em-ghost",[1]):"")+u(e,"em-ellipse",
[2,1])}function _e(t,e,n){let r={id:G(),rect:g("rect")},o=g("g",{"aria-hidden":"true","clip-path":`url(#${r.id}\
)`}),i=Ar(a=>{o.innerHTML=Ir(t.now,a,e.layout,t.view.moved),n(a,i.moving())});return{nodes:[g("clipPath",{id:r.
id},r.rect),o],stop:i.stop,layOut:({left:a,right:s,bottom:u})=>C(r.rect,{x:a,y:0,width:s-a,height:u}),draw(a,s){
let{moved:u}=t.view,c=Ke(a.frame,a.plane);u&&(c.means=u.map(f=>a.plane.map(l=>v(f[l])))),i.to(c,s&&!u)}}}var L={left:58,right:12,top:10,bottom:30,height:210},_=L.height-L.bottom;function Ye({act:t,view:e}){let n=g("\
svg",{class:"em-curves",role:"img"}),r=d("p",{class:"em-numbers"}),o=E("Close-up",()=>t.closeUp()),i=[k("em-ke\
y em-key-ll","log-likelihood"),k("em-key em-key-bound","bound")],a=M("em-panel",M("em-row em-head",...i,o),n,r),
s=x();return{nodes:[a],draw({scene:u,run:c,at:f}){let l=a.clientWidth;if(!(l>0))return!1;if(Y(o,e.closeUp),!s(
u,c,f.frame,l,e.closeUp))return!0;let m=Fr(u.runs,f);return qr(n,l,m,Tr(m.all,m.sofar,e.closeUp)),w(r,Ge(m.sofar)),
n.setAttribute("aria-label",`Log-likelihood by iteration. ${Ge(m.sofar)}`),!0}}}function Lr(t){let e=n=>n?.parent==
null?0:e(t[n.parent])+(n.at??0)/2;return t.map(e)}var Cr=(t,e)=>t.frames.map((n,r)=>({x:e+r/2,half:n.half,loglik:v(
n.loglik),bound:v(n.bound)}));function Fr(t,e){let n=Lr(t),r=t.map((i,a)=>Cr(i,n[a])),o=r.map((i,a)=>({points:i,
name:`${a}: ${t[a].name}`})).toSpliced(e.run,1);return{all:r,others:o,sofar:r[e.run].slice(0,e.frame+1)}}function Tr(t,e,n){
let r=e[e.length-1].x,o=n?e.filter(a=>a.x>=r-2):t.flat(),i=Math.max(...o.map(a=>a.x));return{x:[n?Math.max(0,r-
2.2):0,Math.max(i+.2,1)],y:We(o.flatMap(a=>[a.loglik,a.bound]))}}function Rr(t,e){let n=it(e.y,[_,L.top]),r=at(
n,36),o=Math.max(L.left,10+Tt(r)),i=it(e.x,[o,t-L.right]);return{X:i,Y:n,up:r,across:at(i,42,!0),left:o,right:t-
L.right}}function qr(t,e,{sofar:n,others:r},o){let i=Rr(e,o),{X:a,Y:s,left:u,right:c}=i,f=(p,b,$)=>g("path",{class:b,
d:qt(p.map(O=>[a(O.x),s(O[$])]))}),l=n[n.length-1],m=G(),h={x:u-5,y:0,width:c-u+10,height:_+5};t.setAttribute(
"viewBox",`0 0 ${e} ${L.height}`),t.replaceChildren(g("clipPath",{id:m},g("rect",h)),...Dr(i),g("path",{class:"\
em-here",d:`M${a(l.x)},${L.top}V${_}`}),g("g",{"clip-path":`url(#${m})`},...r.map(({points:p})=>f(p,"em-other",
"loglik")),f(n,"em-ll","loglik"),f(n,"em-bound","bound"),jr(n,a,s),...zr(l,a,s)),...Ur(r,a,s,o))}function Dr({
X:t,Y:e,up:n,across:r,left:o,right:i}){return[...n.flatMap(a=>[g("path",{class:"em-grid",d:`M${o},${e(a.value)}\
H${i}`}),F(o-6,e(a.value)+4,"end",a.label)]),...r.map(a=>F(t(a.value),_+15,"middle",a.label)),F((o+i)/2,L.height-
2,"middle","iteration",{class:"em-axis"}),g("path",{class:"em-frame",d:`M${o},${L.top}V${_}H${i}`})]}function jr(t,e,n){
let r=Math.ceil(9/Ft(e)),o={E:"m-2.6,0a2.6,2.6 0 1,0 5.2,0a2.6,2.6 0 1,0 -5.2,0z",M:"m0,-3.2l3.2,5.4h-6.4z"},i=a=>t.
filter(s=>s.half===a&&Number.isFinite(s.bound)).filter((s,u,c)=>(c.length-1-u)%r===0&&s.x>=e.domain()[0]).map(
s=>`M${e(s.x).toFixed(1)},${n(s.bound).toFixed(1)}${o[a]}`).join("");return g("path",{class:"em-boundmark",d:i(
"E")+i("M")})}function zr(t,e,n){let[r,o,i]=[e(t.x),n(t.loglik),n(t.bound)];if(!Number.isFinite(o))return[];let a=g(
"circle",{class:"em-lldot",cx:r,cy:o,r:3.6});return!Number.isFinite(i)||i-o<3?[a]:[g("path",{class:"em-gap",d:`\
M${r},${o}V${i}`}),a]}function Ur(t,e,n,r){let o=t.map(({points:i,name:a})=>Br(i,a,e,n,r)).filter(Boolean);return Qe(
o).map(({x:i,y:a,anchor:s,name:u})=>F(i,a,s,u,{class:"em-runname"}))}function Br(t,e,n,r,{x:[o,i],y:[a,s]}){let u=t.
findLast(m=>Number.isFinite(m.loglik)&&m.x<=i);if(!u||u.x<o||u.loglik<a||u.loglik>s)return null;let c=r(u.loglik),
f=c>_-16?c-6:c+13,l=u.x>(o+i)/2?"end":"start";return{name:e,x:n(u.x),y:f,anchor:l}}var Ve={width:6.5,height:11},
Hr=[0,13,26,-19,-32];function Qe(t){let e=({name:i})=>Ve.width*(i.length+1),n=i=>i.x-(i.anchor==="end"?e(i):0),
r=(i,a)=>Math.abs(i.y-a.y)<Ve.height&&n(i)<n(a)+e(a)&&n(a)<n(i)+e(i),o=({y:i})=>i>=L.top+5&&i<=_-3;return t.reduce(
(i,a)=>{let u=Hr.map(c=>({...a,y:a.y+c})).find(c=>o(c)&&!i.some(f=>r(c,f)));return u?[...i,u]:i},[])}function Ge(t){
let{loglik:e,bound:n,half:r}=t[t.length-1],o=`log-likelihood ${N(e,2)}`;if(r==="start")return`${o}; no bound b\
efore the first E-step`;let i=e-n;if(!Number.isFinite(i))return`${o}, bound ${N(n,2)}`;let s=Math.abs(i)<=1e-6*
Math.max(1,Math.abs(e))?"they touch":Math.abs(i)<.01?"nearly touching":`${N(i,2)} apart`;return`${o}, bound ${N(
n,2)}: ${s}`}var ne={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]},Wr=8;function Kr(t,e,n){let r=t.currentTarget,
o=r.ownerSVGElement,i=U(o,t).map((c,f)=>e[f]-c),a=new AbortController,s=c=>f=>f.pointerId===t.pointerId&&c(f),
u=(c,f)=>r.addEventListener(c,s(f),{signal:a.signal});r.setPointerCapture(t.pointerId),u("pointermove",c=>n(U(
o,c).map((f,l)=>f+i[l]))),["pointerup","pointercancel"].forEach(c=>u(c,()=>a.abort()))}function Xe({act:t,view:e},n){
let r=g("g"),o=x(),i=([c,f])=>[n.layout.X(c),n.layout.Y(f)];function a(c,[f,l]){let{X:m,Y:h,width:p,height:b}=n.
layout;t.moveMean(c,[m.invert(S(f,0,p)),h.invert(S(l,0,b))])}function s(c,f){t.mayMove()&&!c.button&&Kr(c,i(n.
means[f]),l=>a(f,l))}function u(c,f){let l=c.shiftKey&&ne[c.key];if(c.key==="Enter")t.start();else if(l&&t.mayMove())
a(f,i(n.means[f]).map((m,h)=>m+Wr*l[h]));else return;c.preventDefault(),c.stopPropagation()}return{nodes:[r],move:c=>c.
forEach((f,l)=>Vr(r.children[l],i(f))),renew(c){o(c.at.scene,c.K,c.look)&&r.replaceChildren(...A(c.K,f=>_r(c,f,
l=>s(l,f),l=>u(l,f))))},label(c){let f=t.mayMove();(e.moved??c.frame.means).forEach((l,m)=>Gr(r.children[m],c,
l,m,f))}}}var _r=(t,e,n,r)=>g("g",{class:"em-mean",role:"button",tabindex:0,onpointerdown:n,onkeydown:r},g("pa\
th",{class:"em-halo",d:H(ft(t,e),10)}),g("path",{class:"em-body",d:H(ft(t,e),8),fill:W(t,e)}),g("text",{x:12,y:-8,
"aria-hidden":"true"},e));function Vr(t,[e,n]){let r=Number.isFinite(e+n);t.style.display=r?"":"none",r&&t.setAttribute(
"transform",`translate(${e.toFixed(1)},${n.toFixed(1)})`)}function Gr(t,e,n,r,o){let i=e.plane.map(s=>N(v(n?.[s]),
2)).join(", "),a=o?": Shift and an arrow key move it, Enter runs EM from there":"";t.setAttribute("aria-label",
`Mean of component ${r} at (${i})${a}`),t.setAttribute("aria-disabled",String(!o))}function Je([t,e],n,r,o=1){let i=(a,s)=>A(2*o+1,u=>a-o+u).filter(u=>u>=0&&u<s);return i(n,t).flatMap(a=>i(r,e).
map(s=>a*e+s))}function Yr(t,e,n){let r=D(t.bits,e,t.D),o=a=>!n.has(a),i=Et($t(r,t.frame.weights,t.params,o));
return{bits:r,seen:o,posterior:i,whole:ye(r,i,t.params,o)}}function Ze(t){let{act:e,view:n}=t,r=Jr(t),o=d("can\
vas",{role:"img","aria-label":"The digit completed by the components"}),i=E("Restore",()=>e.restore()),a=d("p",
{class:"em-note",role:"status"}),s=E("Erase the lower half",()=>e.erase(Qr(t.now.scene.shape))),u=M("em-panel \
em-eraser",d("figure",{},r.node,d("figcaption",{},"Erase with the pointer")),d("figure",{},o,d("figcaption",{},
"Completed by the components")),M("em-erasing",d("b",{},"What if pixels were missing?"),s,i,a)),c=x();return{nodes:[
u],draw(f){if(u.hidden=f.scene.kind!=="digits",u.hidden||!f.bits||!f.params)return;let{theme:l,erased:m}=n,h=tt(
f);if(!c(f.bits,f.params,f.frame,h,m,l))return;let{bits:p,seen:b,posterior:$,whole:O}=Yr(f,h,m);r.draw(f,h,R=>b(
R)?B(l,p[R]):B(l,.22,l.guess)),Q(o,f.scene.shape,R=>B(l,O[R],b(R)?l.ink:l.guess)),T(i,m.size>0),w(a,Xr($,m.size,
f.D))}}}var Qr=([t,e])=>A(t*e,n=>n).filter(n=>n>=Math.ceil(t/2)*e);function Xr(t,e,n){let r=X(t),o=e?`Without ${e}\
 of ${n} pixels`:"With all pixels";return r<0?"":`${o}: component ${r}, ${N(100*t[r])} %`}function Jr({act:t}){
let e=d("canvas",{"aria-hidden":"true"}),n=k("em-cursor"),r=d("div",{class:"em-pad",role:"application",tabindex:0},
e,n),o={size:[28,28],at:[14,14]},i=()=>Zr(n,o);return to(r,o,t),eo(r,o,t,i),{node:r,draw(a,s,u){o.size=a.scene.
shape,i(),Q(e,o.size,u),r.setAttribute("aria-label",`Digit ${J(a,s)}: arrow keys move the eraser, Space erases`)}}}
function Zr(t,{size:e,at:n}){let[r,o]=n.map((s,u)=>`${100*(s-1)/e[u]}%`),[i,a]=e.map(s=>`${300/s}%`);Object.assign(
t.style,{top:r,left:o,height:i,width:a})}function to(t,e,n){let r=o=>{let{width:i,height:a}=t.getBoundingClientRect(),
s=u=>{let[c,f]=U(t,u);return[f/a*e.size[0],c/i*e.size[1]].map(Math.floor)};n.erase(o.flatMap(u=>Je(e.size,...e.
at=s(u))))};t.addEventListener("pointerdown",o=>{t.setPointerCapture(o.pointerId),r([o])}),t.addEventListener(
"pointermove",o=>o.buttons&&r(o.getCoalescedEvents?.()??[o]))}function eo(t,e,n,r){t.addEventListener("keydown",
o=>{let i=ne[o.key];if(o.key===" ")n.erase(Je(e.size,...e.at));else if(i)e.at=e.at.map((a,s)=>S(a+i[1-s],0,e.size[s]-
1));else return;o.preventDefault(),o.stopPropagation(),r()})}function tn(t){let{model:e,view:n,act:r}=t,o=()=>{let s=t.now?.at;if(n.moved=null,t.draw(),!t.now||!s)return;let u=t.
now.at.scene!==s.scene;u&&Object.assign(n,{hovered:-1,erased:new Set,page:0}),!(!u&&t.now.at.run===s.run)&&(r.
stop(),n.playNext?r.play():t.draw(),n.playNext=!1)},i=["arrays","plane","point","prediction","outcome","seen_e\
nd","ask","look"],a=[["change:at",o],...["scenes","trouble"].map(s=>[`change:${s}`,r.answered]),...i.map(s=>[`\
change:${s}`,t.draw])];return a.forEach(([s,u])=>e.on(s,u)),()=>a.forEach(([s,u])=>e.off(s,u))}function en({root:t,
retheme:e},n){let r=new ResizeObserver(e);n.forEach(s=>r.observe(s));let o=new MutationObserver(e),i=["data-jp\
-theme-name","data-jp-theme-light","class","style"];[document.documentElement,document.body].forEach(s=>o.observe(
s,{attributes:!0,attributeFilter:i}));let a=window.matchMedia("(prefers-color-scheme: dark)");return a.addEventListener(
"change",e),()=>{r.disconnect(),o.disconnect(),a.removeEventListener("change",e),t.remove()}}var Dt=20;function nn(t,e,n,r,o){o?ro(t,e,n,r,o):no(t,e,n,r)}function rn(t,e,{xs:n,ys:r},o){for(let i=0;i<e.N;i++){
let a=e.resp?.subarray(i*e.K,(i+1)*e.K),s=a?X(a):-1;t.translate(n[i],r[i]),o(i,s,s<0?null:Nt(a,e.colours,1/Vt)),
t.translate(-n[i],-r[i])}}function no(t,e,n,r){let o=e.N>600?3.1:e.N>200?3.9:4.8,i=Yt(e,o),a=new Path2D(H("o",
.9*o));Object.assign(t,{strokeStyle:r.edge,lineWidth:.9,lineJoin:"round"}),rn(t,e,n,(s,u,c)=>{t.fillStyle=c??r.
unknown,u<0&&e.resp||t.fill(i[u]??a),t.stroke(i[u]??a)})}function ro(t,e,n,r,o){let i=e.N>400?16:e.N>150?20:26,
[a,s]=[i/2,i/2+3],u=Yt(e,4.5);Object.assign(t,{strokeStyle:r.edge,lineWidth:.8}),rn(t,e,n,(c,f,l)=>{t.fillStyle=
l??r.unknown,t.fillRect(-s,-s,2*s,2*s),t.strokeRect(-s,-s,2*s,2*s),oe(t,o,e.N,c,-a,i),!(f<0)&&(t.translate(a,a),
t.fill(u[f]),t.stroke(u[f]),t.translate(-a,-a))})}function oe(t,e,n,r,o,i){let[a,s]=[e.width/Dt,e.height/Math.
ceil(n/Dt)],[u,c]=[a,s].map(m=>i*m/Math.max(a,s)),[f,l]=[o+(i-u)/2,o+(i-c)/2];t.drawImage(e,r%Dt*a,Math.floor(
r/Dt)*s,a,s,f,l,u,c)}var re=new WeakMap;function jt(t,e){if(!t)return;if(!re.has(t)){let o={bitmap:null,waiting:new Set},
i=a=>{o.bitmap=a,o.waiting.forEach(s=>s())};createImageBitmap(new Blob([t],{type:"image/png"})).then(i,()=>i(void 0)),
re.set(t,o)}let{bitmap:n,waiting:r}=re.get(t);return n===null&&r.add(e),n}function on({xs:t,ys:e},[n,r],o){let i=-1,
a=o*o;for(let s=0;s<t.length;s++){let u=(t[s]-n)**2+(e[s]-r)**2;u<=a&&([i,a]=[s,u])}return i}var an=t=>t[0].toUpperCase()+t.slice(1);function sn(t,e,n){let{D:r,K:o,points:i,bits:a}=t,[s,u]=n?[t.frame,t.params]:
[t.sourceFrame,t.sourceParams],c=i?ge(D(i,e,r),s):$t(D(a,e,r),s.weights,u,n),f=Et(c),l=n?null:At(t,e);return A(
o,m=>({k:m,term:c[m],share:f[m],given:l?.[m]??null}))}function cn({act:t,view:e}){let r=d("input",{type:"numbe\
r",min:0,step:1,onchange:()=>t.setPoint(r.value===""?-1:Math.round(+r.value))}),o=d("b"),i=d("canvas",{class:"\
em-thumbnail","aria-hidden":"true"}),a=d("label",{},"",r),s=d("table",{class:"em-table"}),u=d("p",{class:"em-n\
ote"}),c=M("em-panel em-inspector",M("em-row em-head",i,o,a),s,u),f=x();function l(m,h,p,b){w(o,m),w(u,h);let $=p.
map(O=>O?d("th",{scope:"col"},O):d("td"));s.replaceChildren(d("thead",{},d("tr",{},...$)),d("tbody",{},...b))}
return{nodes:[c],draw(m){let h=e.hovered>=0?e.hovered:tt(m);if(r.max=m.N-1,c.dataset.kind=m.scene.kind,document.
activeElement!==r&&(r.value=h<0?"":h),!f(m.scene,m.frame,m.resp,h,e.erased))return;a.firstChild.data=m.scene.rows?
"Shown no. ":`${an(Z(m))} `,oo(i,m,h,t.redraw);let p=m.bits&&e.erased.size?b=>!e.erased.has(b):void 0;l(...h<0?
io(m):ao(m,h,p))}}}function oo(t,e,n,r){let o=e.scene.kind==="pictures"&&n>=0?jt(e.tiles,r):null;t.hidden=!o,o&&
oe(vt(t,48,48),o,e.N,n,0,48)}var un=(t,e)=>d("th",{scope:"row"},mt(t,e),` ${e}`),zt=(t,e="em-num")=>d("td",{class:e},
t);function io(t){let e=(r,o)=>d("tr",{},un(t,o),d("td",{},dt(t,o,r)),zt(N(v(r),3)),zt(N(v(t.frame.counts[o]),
1)));return["Components",`Choose a ${Z(t)} to see what its colour is made of.`,["k","","weight \u03C0","N"],t.
frame.weights.map(e)]}function ao(t,e,n){let r=sn(t,e,n),o=Jt(Bt(r.map(c=>c.term))),i=({k:c,term:f,share:l,given:m})=>{
let h=zt(N(m??l,3));return ln(m,l)&&h.append(k("em-differs",` \u2260 ${N(l,3)}`)),d("tr",{"data-k":c,"data-ter\
m":f,"data-share":l,"data-given":m??""},un(t,c),zt(`${Jt(f)} / ${o}`,"em-num em-term"),d("td",{},dt(t,c,m??l)),
h)},a=t.points?"\u03C0 N(x | k) / sum":"\u03C0 p(x | k) / sum",s=n?"posterior":t.resp?"resp.":"share";return[`${an(
Z(t))} ${J(t,e)}`,so(t,r,n),["k",a,"",s],r.map(i)]}var ln=(t,e)=>t!==null&&!(Math.abs(t-e)<=.002);function so(t,e,n){
return n?"Computed from the pixels left, with the images of this half-step.":e.some(r=>ln(r.given,r.share))?"L\
eft of \u2260 stands what the function gave, right of it what the terms make.":t.resp?t.frame.half==="E"?"Give\
n by this E-step.":"Given by the E-step before: an M-step changes no responsibility.":"No responsibilities yet\
: these are the terms that the first E-step will use."}var fn={ArrowRight:t=>t.step(1),ArrowLeft:t=>t.step(-1),PageDown:t=>t.step(2),PageUp:t=>t.step(-2),Home:t=>t.step(
-1/0),End:t=>t.step(1/0)," ":t=>t.toggle()};function co(t,e){return t.matches("select, textarea, input:not([ty\
pe=range])")?!0:e===" "&&t.matches("button, summary")}var ie="data-lm-suppress-shortcuts";function mn({root:t,
act:e,view:n}){let r=null;t.addEventListener("focusin",({relatedTarget:i})=>{i&&!t.contains(i)&&(r=i)});let o=()=>{
if(n.moved)return e.putBack();document.activeElement?.blur(),(r?.isConnected?r:t.closest(".jp-Cell"))?.focus({
preventScroll:!0})};t.addEventListener("keydown",i=>{if(!(i.ctrlKey||i.metaKey||i.altKey)){if(i.stopPropagation(),
i.key==="Escape")return o();i.shiftKey||!fn[i.key]||co(i.target,i.key)||(i.preventDefault(),fn[i.key](e))}})}function dn({
root:t}){let e=({target:n,ctrlKey:r,metaKey:o})=>{t.contains(n)&&t.toggleAttribute(ie,!(r||o))};return window.
addEventListener("keydown",e,!0),()=>window.removeEventListener("keydown",e,!0)}var st={left:46,right:10,top:10,bottom:36},uo=14;function lo({points:t,N:e,D:n,plane:[r,o]},i,a){let[s,u]=[i-st.
right,a-st.bottom],c=it(Rt(t,n,o),[u,st.top]),f=at(c,72),l=Math.max(st.left,24+Tt(f)),m=it(Rt(t,n,r),[l,s]),h=Float32Array.
from({length:e},(b,$)=>m(t[$*n+r])),p=Float32Array.from({length:e},(b,$)=>c(t[$*n+o]));return{X:m,Y:c,xs:h,ys:p,
width:i,height:a,left:l,right:s,bottom:u,up:f,across:at(m,80)}}function fo(t,{X:e,Y:n,left:r,right:o,bottom:i,
up:a,across:s,height:u},c){let f=(i+st.top)/2,l={class:"em-axis",transform:`rotate(-90 12 ${f})`};t.replaceChildren(
g("path",{class:"em-frame",d:`M${r},${st.top}V${i}H${o}`}),...s.map(m=>F(e(m.value),i+15,"middle",m.label)),...a.
map(m=>F(r-6,n(m.value)+4,"end",m.label)),F((r+o)/2,u-5,"middle",c[0],{class:"em-axis"}),F(12,f,"middle",c[1],
l))}function mo(t){let e=g("g",{class:"em-ring"},g("circle"),g("circle"));return{nodes:[e],draw(n,{xs:r,ys:o}){
let i=t.hovered>=0?t.hovered:n.point,a=i>=0&&i<n.N;e.style.display=a?"":"none";let s={r:n.scene.kind==="pictur\
es"?20:9,cx:r[i],cy:o[i]};a&&[...e.children].forEach(u=>C(u,s))}}}var ho=t=>d("div",{class:"em-moved",role:"gr\
oup","aria-label":"Means moved"},k("","Means moved"),E("Run EM from here",()=>t.start(),{class:"em-strong"}),E(
"Put back",()=>t.putBack()));function po(t,e,n){let r=o=>n.layout?on(n.layout,U(t,o),uo):-1;t.addEventListener(
"pointermove",o=>e.hover(o.buttons?-1:r(o))),t.addEventListener("pointerleave",()=>e.hover(-1)),t.addEventListener(
"click",o=>o.target.closest(".em-mean")||e.setPoint(r(o)))}function go(t,e,n){let r=g("g",{class:"em-axes","ar\
ia-hidden":"true"}),o=Xe(t,e),i=_e(t,e,(f,l)=>{e.means=f.means,o.move(f.means),n(l)}),a=mo(t.view),s=[r,...i.nodes,
...a.nodes,...o.nodes],u=g("svg",{class:"em-overlay",role:"group","aria-label":"Means of the components"},...s);
po(u,t.act,e);function c(f){let{layout:l}=e;u.setAttribute("viewBox",`0 0 ${l.width} ${l.height}`),i.layOut(l),
fo(r,l,f.plane.map(m=>f.scene.axes[m]??""))}return{node:u,layOut:c,components:i,means:o,ring:a}}function hn(t){
let{act:e,view:n}=t,r={layout:null,means:[]},o=d("canvas",{role:"img"}),i=go(t,r,l=>s.toggleAttribute("data-mo\
ving",l)),a=ho(e),s=M("em-plot",o,i.node,a),u={layout:x(),points:x(),shapes:x()};function c(l,m,h){return u.layout(
l.points,l.plane.join(),m,h)?(r.layout=lo(l,m,h),i.layOut(l),!0):!1}function f(l,m,h){let{layout:p}=r;u.points(
p,l.resp,n.theme,h,l.look)&&nn(vt(o,p.width,p.height),l,p,n.theme,h),i.means.renew(l),u.shapes(p,l.frame,n.moved,
l.look)&&i.components.draw(l,m),i.means.label(l),i.ring.draw(l,p),s.dataset.half=l.frame.half,o.setAttribute("\
aria-label",yo(l)),a.hidden=!n.moved}return{nodes:[s],stop:i.components.stop,draw(l,m){if(s.hidden=l.scene.kind===
"digits",s.hidden||!l.points)return!0;let[h,p]=[s.clientWidth,s.clientHeight];if(!(h>0&&p>0))return!1;let b=c(
l,h,p),$=l.scene.kind==="pictures"?jt(l.tiles,e.redraw):void 0;return $===null?!1:(f(l,m&&!b,$),!0)}}}function yo(t){
let[e,n]=t.plane.map(r=>t.scene.axes[r]);return`${t.N} ${Z(t)}s by ${e} and ${n}, coloured by responsibility. ${t.
frame.words}`}function pn({act:t,view:e}){let n=d("legend"),r=M("em-choices"),o=()=>r.querySelector("input:checked")?.value,
i=E("Keep my prediction",()=>o()&&t.predict(o()),{class:"em-strong"}),a=E("Decide later",()=>t.decideLater()),
s=d("fieldset",{class:"em-ask"},n,r,M("em-row",i,a)),u=d("p",{class:"em-after",role:"status"}),c=G(),f=h=>d("i\
nput",{type:"radio",name:c,value:h,onchange:()=>T(i,!0)}),l=x();function m({question:h,choices:p=[]}){w(n,`Bef\
ore you watch: ${h??""}`),r.replaceChildren(...p.map(b=>d("label",{},f(b),` ${b}`))),T(i,!1),i.hidden=!p.length,
w(a,p.length?"Decide later":"Go on")}return{nodes:[s,u],draw(h){l(h.ask)&&m(h.ask),s.hidden=!e.gated,w(u,h.at.
scene===0&&!e.gated?bo(h):""),u.hidden=!u.textContent}}}function bo({ask:t,prediction:e,outcome:n,seenEnd:r}){
let o=e?`You predicted: ${e}. `:"";if(!r||!n)return o;let a=e&&t.choices?.includes(n)?n===e?" As you predicted\
.":" What made the difference?":"";return`${o}What happened: ${n.replace(/\.$/,"")}.${a}`}var gn=({ask:t,prediction:e,
seenEnd:n,at:r,scene:o})=>!!(t.question&&!e&&!n&&r.scene===0&&o.runs[0].frames.length>1),yn=({at:t,last:e})=>t.
scene===0&&t.run===0&&t.frame===e&&e>0;var bn=t=>wt([xo(t),wo(),vo(t)]);function Mo(t){return t?["em-ok","\u2713","holds: "]:t===!1?["em-bad","\u2717",
"broken: "]:["em-open","\xB7","not yet known: "]}function xo({view:t}){let e=d("p",{class:"em-words"}),n=M("em\
-broken"),r=d("div",{"aria-live":"polite","aria-atomic":"true"},e,n),o=d("ul",{class:"em-lights","aria-label":"\
Laws of EM"}),i=({key:s,law:u,ok:c})=>{let[f,l,m]=Mo(c);return d("li",{class:f,"data-law":s},d("span",{"aria-h\
idden":"true"},l),k("em-hidden",m),u)},a=x();return{nodes:[r,o],draw({frame:s,run:u,at:c,last:f}){if(r.setAttribute(
"aria-live",t.playing?"off":"polite"),w(e,c.frame===f&&u.end?`${s.words} ${u.end}`:s.words),!a(s))return;o.replaceChildren(
...s.laws.map(i));let l=s.laws.filter(m=>m.ok===!1).map(m=>m.sentence);n.replaceChildren(...l.map(m=>d("p",{},
m)))}}}function wo(){let t=d("p"),e=d("p"),n=d("code"),o=d("div",{class:"em-error",role:"group","aria-label":"\
Error"},t,e,d("pre",{},n));return{nodes:[o],draw({run:i,at:a,last:s}){let u=a.frame===s?i.error:null;o.hidden=
!u,w(t,u?.sentence??""),w(e,u?.where?`In ${u.where}:`:""),w(n,u?.line?.trim()??"")}}}var ko=["Left and Right: \
half a step.","Page Up and Page Down: a whole iteration.","Home and End: start and end.","Space: play.","On a \
mean, Shift and an arrow move it, and Enter runs EM from there.","On the large digit, arrows move the eraser, \
and Space erases.","Escape: back to the notebook."];function vo({view:t}){let e=d("p",{class:"em-trouble",role:"\
alert"}),n=d("details",{class:"em-keys"},d("summary",{},"Keys"),d("p",{},ko.join(" ")));return{nodes:[e,n],draw(r){
w(e,r.trouble||t.silence),e.hidden=!e.textContent}}}function $o(t){let e={model:t,view:Fe(),act:{},now:null,root:null,draw:()=>{},retheme:()=>{},put(n,r){t.set(n,
r),t.save_changes()},change(n){Object.assign(e.view,n),e.draw()},focus:()=>e.root.focus({preventScroll:!0})};return Te(
e),e}function Eo(t){let e=c=>c.map(f=>f(t)),n=e([de,pn,he,pe]),r=e([hn,Ce,Ze]),o=e([Ye,cn]),i=bn(t),a=c=>c.flatMap(
f=>f.nodes),s={role:"region","aria-label":"EM explorer",tabindex:0,[ie]:!0};return{root:d("div",{class:"explor\
er",...s},...a(n),M("em-stage",M("em-left",...a(r)),M("em-right",...a(o))),...i.nodes),plot:r[0],parts:[...n,...r,
...o,i]}}function No(t,{at:e},n,r){return t?.scene!==e.scene||t.run!==e.run||Math.abs(t.frame-e.frame)!==1?!1:
!r&&(!n.playing||n.speed>ee)}function So(t,e){let n=window.matchMedia("(prefers-reduced-motion: reduce)"),{root:r,
view:o}=t,i=null;return()=>{let a=Gt(c=>t.model.get(c));if(t.now=a,!a||!r.isConnected||!o.theme)return;if(o.gated=
!o.later&&gn(a),yn(a)&&!o.gated&&!a.seenEnd)return t.act.seeEnd();let s=No(i,a,o,n.matches);e.map(c=>c.draw(a,
s)).every(c=>c!==!1)&&(i=a.at,Object.assign(r.dataset,{scene:a.at.scene,run:a.at.run,frame:a.at.frame}))}}function Ao(t){
let{root:e,view:n}=t;return()=>{if(!e.isConnected)return;let r=xe(e);String(Object.values(r))!==String(Object.
values(n.theme??{}))&&(n.theme=r),t.draw()}}function Mn({model:t,el:e}){let n=$o(t),{root:r,plot:o,parts:i}=Eo(
n);n.root=r,n.draw=So(n,i),n.retheme=Ao(n),e.append(r);let a=[tn(n),dn(n),en(n,[r,...o.nodes])];return mn(n),n.
retheme(),()=>{n.act.stop(),o.stop(),a.forEach(s=>s())}}var Ia={render:Mn};export{Qe as apart,Ia as default,Me as luminance,Ht as rgb,Gt as situation,sn as termRows};
